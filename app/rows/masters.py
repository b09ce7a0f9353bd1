"""What leaves a transaction about the entries of a list that a team may reword."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MasterRow:
    """One entry of a kind of `app.domain.masters`, with the team's words where it has its own.

    `label` and `detail` are word and explanation; for a prompt its text and its measures, one per line; for
    a question its short form and the question. `is_own` says that the team added the entry, `is_changed`
    that it words a shipped one otherwise or hides it.
    """

    kind: str
    code: str
    label: str
    detail: str
    management_codes: tuple[str, ...] = ()
    perspective_codes: tuple[str, ...] = ()
    is_hidden: bool = False
    is_own: bool = False
    is_changed: bool = False
