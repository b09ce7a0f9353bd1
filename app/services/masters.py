"""The lists of the field as a team words them: the entries that ship, with the team's own edits over them.

Only edits are records. The edit of a shipped entry stands on `app.domain.ids.master_id`; an entry of the
team's own is a record whose id is its code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from app.domain.ids import master_id
from app.domain.masters import (
    FIRST_VISIT_QUESTION,
    IP_PERSPECTIVE,
    MANAGEMENT_ISSUE,
    PROMPT,
    ExplainedTerm,
    FirstVisitQuestion,
    Prompt,
)
from app.errors import InputMissing, RecordMissing
from app.masters import Masters
from app.rows.masters import MasterRow
from app.workplace import TEAM_SCOPE, Workplace
from db.reading import Found, Reading

KINDS = (MANAGEMENT_ISSUE, IP_PERSPECTIVE, PROMPT, FIRST_VISIT_QUESTION)

_AS_SHIPPED: Mapping[str, object] = dict.fromkeys(
    ("label", "detail", "management_codes", "perspective_codes", "is_hidden")
)
"""What takes every edit of an entry back."""
_UUID_LENGTH = 36


def entry_id(kind: str, code: str) -> str:
    """The record id, as text, of an entry: its code where the team added it."""
    return code if len(code) == _UUID_LENGTH else str(UUID(bytes=master_id(kind, code)))


class MasterService:
    """What a person does with the lists. An own entry is deleted by `TrashService` as a "master_item"."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def entries(self, kind: str) -> tuple[MasterRow, ...]:
        """All entries of a kind, hidden ones too: the shipped in their order, then the team's own."""
        with self._place.reading() as reading:
            return entries(reading, self._place.masters, kind)

    def offered(self) -> Masters:
        """The lists to choose from: worded by the team, without what it hid."""
        with self._place.reading() as reading:
            return offered(reading, self._place.masters)

    def change(self, kind: str, code: str, values: Mapping[str, object]) -> None:
        """Write label, detail, management_codes or perspective_codes (tuples of codes) of an entry.

        What equals the shipped words is no edit. Raises InputMissing without a label.
        """
        _require_label(values, is_new=False)
        shipped = _shipped(self._place.masters, kind).get(code)
        self._save("一覧の言葉を直す", kind, code, _edits(values, shipped))

    def add(self, kind: str, values: Mapping[str, object]) -> str:
        """Add an entry of the team's own; return its code. Raises InputMissing without a label."""
        _require_label(values, is_new=True)
        code = self._place.new_id()
        self._save("一覧に足す", kind, code, _edits(values, None))
        return code

    def hide(self, kind: str, code: str, *, is_hidden: bool) -> None:
        """Offer an entry no longer, or again; records that name it keep their words."""
        label = "一覧から隠す" if is_hidden else "一覧にまた出す"
        self._save(label, kind, code, {"is_hidden": is_hidden or None})

    def reset(self, kind: str, code: str) -> None:
        """Go back to the shipped words. Raises RecordMissing for an entry that did not ship."""
        if code not in _shipped(self._place.masters, kind):
            raise RecordMissing
        self._save("はじめの言葉に戻す", kind, code, _AS_SHIPPED)

    def _save(self, label: str, kind: str, code: str, values: Mapping[str, object]) -> None:
        with self._place.action(label, TEAM_SCOPE) as work:
            identity = {"kind": kind, "code": code}
            record = entry_id(kind, code)
            work.save("master_item", record, {**identity, **values}, compartment=self._place.team_id)


def entries(reading: Reading, shipped: Masters, kind: str) -> tuple[MasterRow, ...]:
    """The entries of a kind within a moment that shows more."""
    return tuple(_merged(shipped, kind, reading.records("master_item", kind=kind)))


def worded(reading: Reading, shipped: Masters) -> Masters:
    """The lists in the team's words with all that a record may name: hidden and deleted entries too."""
    return _as_masters(shipped, reading.records("master_item", include_deleted=True))


def offered(reading: Reading, shipped: Masters) -> Masters:
    """The lists to choose from, within a moment that shows more."""
    return _as_masters(shipped, reading.records("master_item"), lambda entry: not entry.is_hidden)


def _everything(_entry: MasterRow) -> bool:
    return True


def _as_masters(
    shipped: Masters, edits: Sequence[Found], wanted: Callable[[MasterRow], bool] = _everything
) -> Masters:
    if not edits:
        return shipped
    of_kind = {kind: [edit for edit in edits if edit["kind"] == kind] for kind in KINDS}
    rows = {kind: [*filter(wanted, _merged(shipped, kind, of_kind[kind]))] for kind in KINDS}
    return replace(
        shipped,
        management_issues=tuple(map(_term, rows[MANAGEMENT_ISSUE])),
        ip_perspectives=tuple(map(_term, rows[IP_PERSPECTIVE])),
        prompts=tuple(_prompt(row, shipped) for row in rows[PROMPT]),
        first_visit_questions=tuple(
            FirstVisitQuestion(row.code, row.label, row.detail) for row in rows[FIRST_VISIT_QUESTION]
        ),
    )


def _merged(shipped: Masters, kind: str, edits: Sequence[Found]) -> Iterator[MasterRow]:
    known = _shipped(shipped, kind)
    edit_of = {edit["code"]: edit for edit in edits}
    for code, row in known.items():
        yield _edited(row, edit_of[code]) if code in edit_of else row
    for code, edit in edit_of.items():
        if code not in known:
            yield replace(_edited(MasterRow(kind, code, "", ""), edit), is_own=True, is_changed=False)


def _edited(row: MasterRow, edit: Found) -> MasterRow:
    """The entry with every column that the team has written."""
    return replace(
        row,
        label=_own(edit["label"], row.label),
        detail=_own(edit["detail"], row.detail),
        management_codes=_codes(edit["management_codes"], row.management_codes),
        perspective_codes=_codes(edit["perspective_codes"], row.perspective_codes),
        is_hidden=bool(edit["is_hidden"]),
        is_changed=any(edit[column] is not None for column in _AS_SHIPPED),
    )


def _own(edited: str | None, shipped: str) -> str:
    return shipped if edited is None else edited


def _codes(edited: str | None, shipped: tuple[str, ...]) -> tuple[str, ...]:
    return shipped if edited is None else tuple(edited.split())


def _edits(values: Mapping[str, object], shipped: MasterRow | None) -> dict[str, object]:
    """The columns to write: None where the shipped entry says the same."""
    return {
        column: None if shipped and value == getattr(shipped, column) else _stored(value)
        for column, value in values.items()
    }


def _stored(value: object) -> object:
    return " ".join(value) if isinstance(value, tuple) else value


def _require_label(values: Mapping[str, object], *, is_new: bool) -> None:
    if (is_new or "label" in values) and not str(values.get("label") or "").strip():
        raise InputMissing(field="言葉")


def _shipped(masters: Masters, kind: str) -> Mapping[str, MasterRow]:
    """The shipped entries of a kind by code, in their order."""
    if kind == PROMPT:
        rows = [_prompt_row(prompt) for prompt in masters.prompts]
    elif kind == FIRST_VISIT_QUESTION:
        rows = [MasterRow(kind, each.code, each.word, each.text) for each in masters.first_visit_questions]
    else:
        terms = masters.management_issues if kind == MANAGEMENT_ISSUE else masters.ip_perspectives
        rows = [MasterRow(kind, term.code, term.word, term.explanation) for term in terms]
    return {row.code: row for row in rows}


def _prompt_row(prompt: Prompt) -> MasterRow:
    return MasterRow(
        PROMPT,
        prompt.code,
        prompt.text,
        "\n".join(prompt.measures),
        prompt.management_codes,
        prompt.perspective_codes,
    )


def _term(row: MasterRow) -> ExplainedTerm:
    return ExplainedTerm(row.code, row.label, row.detail)


def _prompt(row: MasterRow, shipped: Masters) -> Prompt:
    known = shipped.prompt.get(row.code)
    return Prompt(
        code=row.code,
        text=row.label,
        management_codes=row.management_codes,
        perspective_codes=row.perspective_codes,
        measures=tuple(line for line in row.detail.split("\n") if line.strip()),
        menu_numbers=known.menu_numbers if known else (),
    )
