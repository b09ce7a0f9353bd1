"""A new recovery sheet: its root counts once an older root or all administrators vouch for it (8.4).

"All" is judged at one entry, the endorsement that completes the set, so that an administrator who joins
later takes nothing back. Whoever was admitted without that entry being known must vouch as well: otherwise
a few could pick parents from the days when they were alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.sharing.membership.acts import EndorseRoot, Role
from app.sharing.membership.authority import Ruling
from app.sharing.membership.keys import PublicKeys

MOST_ROOTS = 16
"""More sheets than any team prints; a bound on work."""


def next_root(ruling: Ruling, known: Sequence[PublicKeys]) -> PublicKeys | None:
    """The first root that is vouched for and not yet among `known`, in the order of entries."""
    if len(known) >= MOST_ROOTS:
        return None
    ids = {public.root_id for public in known}
    for number, author, public in _endorsements(ruling):
        if public.root_id not in ids and _is_complete(ruling, number, author, public):
            return public
    return None


def _endorsements(ruling: Ruling) -> Iterator[tuple[int, bytes, PublicKeys]]:
    for number, entry, act in ruling.acts():
        if isinstance(act, EndorseRoot):
            yield number, entry.author, act.public


def _is_complete(ruling: Ruling, number: int, author: bytes, public: PublicKeys) -> bool:
    if author in ruling.roots:
        return True
    knew = ruling.history.knew
    vouching = {
        other
        for at, other, vouched in _endorsements(ruling)
        if vouched == public and (at == number or knew(number, at))
    }
    return administrators_at(ruling, number) <= vouching


def administrators_at(ruling: Ruling, number: int) -> set[bytes]:
    """Administrators whom entry `number` knew, or whose admission did not know the entry.

    Those removed or demoted in its past are left out; those under a stop notice are not: they must be
    removed first, or anybody could leave an administrator out by a notice.
    """
    standings, knew = ruling.standings, ruling.history.knew
    found = set()
    for device in standings.devices():
        standing = standings.of(device)
        if any(knew(number, removal) for removal in standing.removals):
            continue
        lowered = [low for low, role in standing.lowered if role > Role.ADMINISTRATOR and knew(number, low)]
        if any(
            role is Role.ADMINISTRATOR
            and not knew(raised, number)
            and all(knew(raised, low) for low in lowered)
            for raised, role in standing.raised
        ):
            found.add(device)
    return found
