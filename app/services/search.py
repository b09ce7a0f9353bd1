"""さがす: every line, issue, seed, action and name by its words, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta

from app.domain.calendar import fiscal_year, fiscal_year_span
from app.domain.search_hits import Span, excerpt, hit_spans, searched_words
from app.domain.terms import ActionStatus, Mark
from app.faults import told
from app.rows.search import (
    LATELY,
    SearchChoices,
    SearchFilters,
    SearchHit,
    SearchKind,
    SearchPage,
    SearchQuery,
)
from app.services.record_words import SECRET_LINE
from app.workplace import Workplace
from db.reading import Found, Reading
from db.repositories import search as found_items
from db.repositories.search import Wanted
from db.search_sources import BY_KIND
from db.store import read_marker, write_marker

MOST_HITS, MOST_COUNTED = 50, 1_000
MOST_NAMES = {SearchKind.COMPANY: 5, SearchKind.PERSON: 3}
FILTERS = "search_filters"
"""Marker: what narrows a search on this device."""

_OTHERS = tuple(kind for kind in SearchKind if not kind.is_name)


class SearchService:
    """Finds by words. What was deleted is found nowhere, and what may not be seen is not counted either."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def find(self, query: SearchQuery, limit: int = MOST_HITS) -> SearchPage:
        """The newest records that have every word of the query; nothing for a query without words.

        Companies and people stand by themselves unless one of the two is asked for.
        """
        wanted = _wanted(query)
        if not wanted.words:
            return SearchPage()
        with self._place.reading() as reading:
            hits, has_more = self._newest(reading, wanted, limit)
            names, has_more_names = self._names(reading, query, wanted)
        return SearchPage(names, hits, has_more_names, has_more)

    def count(self, query: SearchQuery, most: int = -1) -> int:
        """How many records `find` would find without a limit, companies and people beside the rest left out.

        Every hit is looked at, which takes seconds for a million of them: `most` ends it there.
        """
        wanted = _wanted(query)
        if not wanted.words:
            return 0
        with self._place.reading() as reading:
            return found_items.count(reading, wanted, most)

    def _names(
        self, reading: Reading, query: SearchQuery, wanted: Wanted
    ) -> tuple[tuple[SearchHit, ...], bool]:
        if query.kind or query.mark or query.since or query.until:
            return (), False
        found = [
            self._newest(reading, replace(wanted, kinds=(kind,)), most) for kind, most in MOST_NAMES.items()
        ]
        return tuple(hit for hits, _ in found for hit in hits), any(has_more for _, has_more in found)

    # what narrows it

    def choices(self) -> SearchChoices:
        """What can be chosen, and what was chosen last on this device."""
        with self._place.reading() as reading:
            kept = read_marker(reading.connection, FILTERS)
            companies = found_items.companies(reading)
            first = found_items.first_day(reading)
        this_year = fiscal_year(self._place.today())
        years = range(this_year, min(this_year, fiscal_year(first)) - 1, -1) if first else (this_year,)
        return SearchChoices(companies, tuple(years), _known(kept, companies))

    def keep(self, filters: SearchFilters) -> None:
        """Narrow by these from now on, after a restart too. They stay on this device, encrypted."""
        with told(), self._place.store.writing_raw() as connection:
            write_marker(connection, FILTERS, asdict(filters))

    def query(self, text: str, filters: SearchFilters) -> SearchQuery:
        """What is looked for with these words and filters today."""
        since, until = _days(filters.period, self._place.today())
        return SearchQuery(
            text,
            kind=SearchKind(filters.kind) if filters.kind else None,
            company_id=filters.company_id or None,
            mark=Mark(filters.mark) if filters.mark else None,
            since=since,
            until=until,
        )

    @staticmethod
    def _newest(reading: Reading, wanted: Wanted, limit: int) -> tuple[tuple[SearchHit, ...], bool]:
        found = found_items.newest(reading, wanted, limit + 1)
        return tuple(_hit(row, wanted.words) for row in found[:limit]), len(found) > limit


def _known(kept: object, companies: Sequence[tuple[str, str]]) -> SearchFilters:
    """The filters that were kept, as far as they still mean something."""
    filters = SearchFilters(**kept) if isinstance(kept, dict) else SearchFilters()
    is_there = any(company_id == filters.company_id for company_id, _ in companies)
    return filters if is_there else replace(filters, company_id="")


def _days(period: str, today: date) -> tuple[date | None, date | None]:
    if period == LATELY:
        return today - timedelta(days=30), None
    return fiscal_year_span(int(period)) if period else (None, None)


def _wanted(query: SearchQuery) -> Wanted:
    return Wanted(
        words=searched_words(query.text),
        kinds=(query.kind,) if query.kind else _OTHERS,
        company_id=query.company_id,
        mark=query.mark,
        since=query.since,
        until=query.until,
        with_secret=query.with_secret,
    )


def _hit(found: Found, words: Sequence[str]) -> SearchHit:
    kind = SearchKind(found["kind"])
    is_secret = bool(found.get("is_secret"))
    text, spans = (SECRET_LINE, ()) if is_secret else _shown(found, words)
    mark = found.get("mark")
    return SearchHit(
        kind=kind,
        id=found["id"],
        text=text,
        spans=spans,
        company_id=found["company_id"],
        company_name=found["company_name"] or "",
        day=None if kind.is_name else found["day"],
        mark=Mark(mark) if mark and not is_secret else None,
        is_secret=is_secret,
        support_session_id=found.get("support_session_id"),
        note=_note(kind, found),
    )


def _shown(found: Found, words: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """The first text of a record, with the one that was found where that is another."""
    first, *others = [found[name] for name in BY_KIND[found["kind"]].texts if found[name]]
    spans = hit_spans(first, words)
    matching = None if spans else next((text for text in others if hit_spans(text, words)), None)
    if matching is None:
        return excerpt(first, spans)
    text = f"{first}: {matching}"
    return excerpt(text, hit_spans(text, words))


def _note(kind: SearchKind, found: Found) -> str:
    if kind is SearchKind.ACTION:
        due = date.fromisoformat(found["due_on"]) if found["due_on"] else None
        status = ActionStatus(found["status"]).term if found["status"] else ""
        return " ".join(part for part in (status, f"期限 {due.month}/{due.day}" if due else "") if part)
    return found.get("role") or ""
