"""What was found, as rows of the list, and where each of them leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from app.domain.calendar import fiscal_year, fiscal_year_short, western
from app.rows.search import SearchHit, SearchKind, SearchPage
from ui.models.row_list_model import Entry, ListHeading, ListRow
from ui.navigation import Place, Route
from ui.theme.paint import SECRET_MARK

MORE = "more"
"""Key of the row that asks for more."""

_ICONS = {
    SearchKind.LINE: "note",
    SearchKind.ISSUE: "triangle",
    SearchKind.SEED: "idea",
    SearchKind.ACTION: "square",
    SearchKind.ATTACHMENT: "document",
    SearchKind.COMPANY: "company",
    SearchKind.PERSON: "person",
}


def entries(page: SearchPage, step: int) -> list[Entry]:
    """Names first, then the rest under its 年度, and the way to `step` more where there are any."""
    shown: list[Entry] = []
    if page.names:
        more = "種類で絞ると、ほかも出ます" if page.has_more_names else ""
        shown += [ListHeading("企業・人", more), *(_row(hit) for hit in page.names)]
    shown += _by_year(page.hits)
    if page.has_more:
        shown.append(ListRow(MORE, f"さらに{step}件を出す", icon="down"))
    return shown


def key_of(hit: SearchHit) -> str:
    """The key of its row."""
    return f"{hit.kind}:{hit.id}"


def route_of(hit: SearchHit, sought: str) -> Route:
    """Where it stands: the line in its 面談, the item in 分析 or 計画, the file of a company."""
    match hit.kind:
        case SearchKind.LINE:
            tab, item, line = "sessions", hit.support_session_id, hit.id
            return Route(Place.COMPANIES, hit.company_id, tab, item, anchor=line, sought=sought)
        case SearchKind.ISSUE | SearchKind.SEED:
            return Route(Place.COMPANIES, hit.company_id, "analysis", hit.id)
        case SearchKind.ACTION:
            return Route(Place.COMPANIES, hit.company_id, "plan", anchor=hit.id)
        case SearchKind.ATTACHMENT:
            return Route(Place.COMPANIES, hit.company_id, "files", hit.id)
        case SearchKind.PERSON if hit.company_id is None:
            return Route(Place.SETTINGS, tab="people", item_id=hit.id)
        case _:
            return Route(Place.COMPANIES, hit.company_id)


def _by_year(hits: Sequence[SearchHit]) -> Iterator[Entry]:
    for year, found in groupby(hits, key=lambda hit: fiscal_year(hit.day) if hit.day else None):
        yield ListHeading("企業・人" if year is None else fiscal_year_short(year))
        yield from map(_row, found)


def _row(hit: SearchHit) -> ListRow:
    mark = SECRET_MARK if hit.is_secret else hit.mark or ""
    kind = "" if hit.kind is SearchKind.LINE else hit.kind.term
    return ListRow(
        key_of(hit),
        hit.text,
        quiet="  ".join(part for part in (kind, hit.note) if part),
        lead=western(hit.day) if hit.day else "",
        mark=mark,
        icon="" if mark else _ICONS[hit.kind],
        right="" if hit.kind is SearchKind.COMPANY else hit.company_name,
        found=hit.spans,
    )
