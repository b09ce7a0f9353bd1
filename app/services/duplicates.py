"""重複: companies entered twice, found, compared and merged; undone as any action, or from ごみ箱."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from app.domain.doubles import LIKENESS_WORDS, Likeness, Signs, doubles, likeness, signs
from app.domain.folding import fold
from app.domain.links import LinkKind
from app.errors import CompanyNotFound
from app.record_wording import field_word, type_word
from app.rows.duplicates import DifferingCell, Double, DoubleSide, MergedNote, MergeSheet, SameCompany
from app.services.links import set_link
from app.services.merged_cells import Choices, Found, Twins
from app.services.merging import Merging
from app.services.value_words import ValueWords
from app.workplace import Workplace, company_scope
from db.cells import Cell
from db.reading import Reading
from db.repositories import duplicates as found_doubles

_GONE = 1


class DuplicateService:
    """Finds companies that look alike and makes one of two."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    # finding

    def like(self, values: Mapping[str, object], own_id: str | None = None) -> SameCompany | None:
        """A company with the same 法人番号 as these columns, or the same folded name and 市区町村."""
        wanted = signs(values)
        with self._place.reading() as reading:
            distinct = set(_distinct_from(reading, own_id)) if own_id else set()
            for company in found_doubles.known_by(reading):
                if company["id"] == own_id or company["id"] in distinct:
                    continue
                if why := likeness(wanted, _known_signs(company)):
                    return SameCompany(company["id"], company["name"] or "", LIKENESS_WORDS[why])
        return None

    def pairs(self) -> tuple[Double, ...]:
        """All companies that may have been entered twice, without those that were said to be two."""
        with self._place.reading() as reading:
            known = [(each["id"], _known_signs(each)) for each in found_doubles.known_by(reading)]
            found = [
                self._double(reading, one, other, why)
                for one, other, why in doubles(known)
                if other not in _distinct_from(reading, one)
            ]
        return tuple(found)

    def count(self) -> int:
        """How many pairs there are."""
        return len(self.pairs())

    def _double(self, reading: Reading, one: str, other: str, why: Likeness) -> Double:
        sides = [_side(reading, company_id) for company_id in (one, other)]
        sides.sort(key=lambda side: -side.sessions)
        return Double(sides[0], sides[1], LIKENESS_WORDS[why])

    # one of two

    def sheet(self, kept_id: str, merged_id: str) -> MergeSheet:
        """Two companies side by side, `kept_id` as the one that stays. Raises CompanyNotFound."""
        with self._place.reading() as reading:
            merging = self._merging(reading, kept_id, merged_id)
            cells = tuple(self._cells(reading, merging))
            moving = tuple(
                (type_word(kind), len(found))
                for kind, found in found_doubles.moving(reading, merged_id)
                if found
            )
            return MergeSheet(_side(reading, kept_id), _side(reading, merged_id), cells, moving)

    def merge(self, kept_id: str, merged_id: str, choices: Choices) -> MergedNote:
        """Make one company of two. `choices` maps keys of the sheet; what is not named stays as proposed.

        Raises CompanyNotFound.
        """
        with self._place.action("企業をまとめる", company_scope(kept_id)) as work:
            reading = Reading(work.connection)
            merging = self._merging(reading, kept_id, merged_id)
            merging.write(work, choices)
            names = [_required(reading, each)["name"] or "" for each in (kept_id, merged_id)]
        return MergedNote(kept_id, names[0], names[1], company_scope(kept_id))

    def keep_apart(self, one_id: str, other_id: str) -> str:
        """Say that two companies are not the same, so that they are not offered again; the scope of undo."""
        first, second = sorted((one_id, other_id))
        scope = company_scope(one_id)
        with self._place.action("別の企業とする", scope) as work:
            set_link(work, first, LinkKind.DISTINCT_FROM, second, present=True, compartment=first)
        return scope

    def _merging(self, reading: Reading, kept_id: str, merged_id: str) -> Merging:
        kept, merged = (_live(reading, each) for each in (kept_id, merged_id))
        return Merging(reading, kept, merged, self._place.masters.intake_field)

    def _cells(self, reading: Reading, merging: Merging) -> Iterator[DifferingCell]:
        words = ValueWords(self._place.masters, lambda _: "")
        for twins in merging.twins():
            for cell in twins.differing():
                yield self._cell(words, twins, cell)

    def _cell(self, words: ValueWords, twins: Twins, cell: Cell) -> DifferingCell:
        kept, merged = (
            words.of(twins.record_type, cell.name, twins.wire(side, cell), twins.kept.get("code"))
            for side in (twins.kept, twins.merged)
        )
        return DifferingCell(
            key=twins.key(cell),
            term=self._term(twins, cell),
            kept=kept,
            merged=merged,
            is_text=twins.is_text(cell),
            default=twins.default(cell),
        )

    def _term(self, twins: Twins, cell: Cell) -> str:
        if twins.record_type == "intake_answer":
            field = self._place.masters.intake_field.get(twins.kept["code"] or "")
            label = field.label if field else type_word("intake_answer")
            return label if cell.name == "value" else f"{label}の{field_word('intake_answer', cell.name)}"
        term = field_word(twins.record_type, cell.name)
        if twins.record_type == "company":
            return term
        name = twins.kept["name"] if twins.record_type == "person" else type_word(twins.record_type)
        return f"{name}の{term}"


def _known_signs(company: Found) -> Signs:
    """As `signs`, from the folded words that the store keeps already."""
    name = company["search_key"].split(" ")[0] if company["name"] else ""
    return Signs(company["corporate_number"] or "", name, _folded(company["city"] or ""))


@lru_cache(maxsize=2048)
def _folded(city: str) -> str:
    return fold(city)


def _live(reading: Reading, company_id: str) -> Found:
    found = _required(reading, company_id)
    if found["deleted"] == _GONE:
        raise CompanyNotFound
    return found


def _required(reading: Reading, company_id: str) -> Found:
    found = reading.record("company", company_id)
    if found is None:
        raise CompanyNotFound
    return found


def _side(reading: Reading, company_id: str) -> DoubleSide:
    company, held = _required(reading, company_id), found_doubles.held(reading, company_id)
    return DoubleSide(
        id=company_id,
        name=company["name"] or "",
        place="".join(company[part] or "" for part in ("prefecture", "city", "street")),
        sessions=held["sessions"],
        last_session_on=datetime.fromisoformat(held["last_at"]).date() if held["last_at"] else None,
    )


def _distinct_from(reading: Reading, company_id: str) -> Iterator[str]:
    for _, right in reading.linked(LinkKind.DISTINCT_FROM, left_ids=[company_id]):
        yield right
    for left, _ in reading.linking(LinkKind.DISTINCT_FROM, right_ids=[company_id]):
        yield left
