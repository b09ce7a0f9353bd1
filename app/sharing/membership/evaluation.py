"""From the set of entries to the state of the team (design-sync 8.3). No clock, no order, no memory.

Everything is judged, then again without what stop notices void, until no more notices come to count. A root
that becomes known by endorsement makes for one more round of all that.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.sharing.membership import compiling
from app.sharing.membership.authority import Ruling, rule
from app.sharing.membership.endorsements import next_root
from app.sharing.membership.entries import Entry
from app.sharing.membership.history import History, history_of
from app.sharing.membership.keys import PublicKeys
from app.sharing.membership.state import Membership
from app.sharing.membership.stops import Heard, StopNotice, barred_by, standing_notices


def evaluate(entries: Iterable[Entry], root: PublicKeys) -> Membership:
    """The state that these entries make; `root` is the one that the vault file names.

    Signatures have been checked, and that the container's author is the entry's.
    """
    history = history_of(entries)
    roots = [root]
    while True:
        ruling, notices = _judged(history, roots)
        endorsed = next_root(ruling, roots)
        if endorsed is None:
            return compiling.membership_of(ruling, notices, roots)
        roots.append(endorsed)


def _judged(history: History, roots: list[PublicKeys]) -> tuple[Ruling, tuple[StopNotice, ...]]:
    ids = [public.root_id for public in roots]
    notices: tuple[StopNotice, ...] = ()
    ruling, heard = rule(history, ids), Heard()
    while (more := heard.also(ruling)) != heard:
        heard = more
        notices = standing_notices(history, heard)
        ruling = rule(history, ids, barred_by(history, notices))
    return ruling, notices
