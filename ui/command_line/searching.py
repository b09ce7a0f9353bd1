"""`banso search`: finding by words."""

from __future__ import annotations

from argparse import Namespace

from app.domain.calendar import western
from app.domain.search_hits import searched_words
from app.rows.search import SearchHit, SearchKind, SearchPage, SearchQuery
from app.services.companies import CompanyService
from app.services.search import SearchService
from app.workplace import Workplace
from ui.command_line.choices import company_named, period_of
from ui.command_line.console import Console, WrongUse
from ui.command_line.exit_codes import ExitCode
from ui.command_line.keys import unlocked


def search(given: Namespace, console: Console) -> ExitCode:
    """Say what was found, the newest first. What is 秘密 stays out, found or not: no answer tells of it."""
    text = " ".join(given.text)
    if not searched_words(text):
        raise WrongUse("さがす言葉を書いてください。")
    with unlocked(given).opened() as place:
        query = _query(given, text, place, console)
        service = SearchService(place)
        page, count = service.find(query, given.limit), service.count(query)
    found = (*page.names, *page.hits)
    console.result([_line(hit) for hit in found], _facts(page, count))
    console.note(f"{_counted(page, count)}秘密の行はさがしていません。")
    return ExitCode.DONE if found else ExitCode.NOTHING


def _query(given: Namespace, text: str, place: Workplace, console: Console) -> SearchQuery:
    since, until = period_of(given, place.today(), console)
    company_id = None
    if given.company is not None:
        company_id = company_named(CompanyService(place).list_rows(), given.company, console).id
    return SearchQuery(
        text,
        kind=given.kind,
        company_id=company_id,
        mark=given.mark,
        since=since,
        until=until,
        with_secret=False,
    )


def _counted(page: SearchPage, count: int) -> str:
    if page.is_empty:
        return "見つかりません。"
    shown = len(page.hits)
    return f"{count:,}件のうち新しい {shown:,}件です。" if page.has_more else ""


def _line(hit: SearchHit) -> str:
    day = western(hit.day) if hit.day else ""
    word = hit.mark.term if hit.mark else hit.kind.term
    note = f"（{hit.note}）" if hit.note else ""
    company = "" if hit.kind is SearchKind.COMPANY else hit.company_name
    return "  ".join(part for part in (day, company, word, hit.text + note) if part)


def _facts(page: SearchPage, count: int) -> dict[str, object]:
    return {
        "count": count,
        "names": [_hit_facts(hit) for hit in page.names],
        "hits": [_hit_facts(hit) for hit in page.hits],
    }


def _hit_facts(hit: SearchHit) -> dict[str, object]:
    return {
        "kind": hit.kind.value,
        "id": hit.id,
        "text": hit.text,
        "spans": hit.spans,
        "day": hit.day.isoformat() if hit.day else None,
        "company": hit.company_name or None,
        "company_id": hit.company_id,
        "mark": hit.mark.value if hit.mark else None,
        "support_session_id": hit.support_session_id,
    }
