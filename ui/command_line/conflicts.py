"""`banso conflicts`: 確認が必要な変更 as a list, and deciding one of them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from app.rows.conflicts import ConflictPage, ConflictRow, Side
from app.services.conflicts import ConflictService
from ui.command_line.console import Console, WrongUse
from ui.command_line.exit_codes import ExitCode
from ui.command_line.keys import unlocked

BOTH = "both"


def conflicts(given: Namespace, console: Console) -> ExitCode:
    """List all, or decide one."""
    with unlocked(given).opened() as place:
        service = ConflictService(place)
        pages = [service.page(row.record_type, row.record_id, row.cell) for row in service.rows()]
        if given.decide is None:
            console.result(_lines(pages), {"conflicts": [_facts(page) for page in pages]})
            return ExitCode.DONE
        page = _chosen(pages, given.decide)
        _decide(service, page, given.take, given.reason)
    console.result([f"{page.row.title}を決めました。"], {"decided": page.row.key})
    return ExitCode.DONE


def _chosen(pages: Sequence[ConflictPage], key: str) -> ConflictPage:
    found = [page for page in pages if page.row.key == key and page.row.is_asked]
    if not found:
        raise WrongUse(
            f"{key} という確認が必要な変更はありません。banso conflicts で番号を確かめてください。"
        )
    return found[0]


def _decide(service: ConflictService, page: ConflictPage, take: str | None, reason: str) -> None:
    choices = {str(number): number - 1 for number in range(1, len(page.sides) + 1)}
    if take == BOTH and page.both is not None:
        service.keep_both(page, reason)
    elif take in choices:
        service.choose(page, choices[take], reason)
    else:
        known = "、".join([*choices, *([BOTH] if page.both is not None else [])])
        raise WrongUse(f"どれにするかを --take で書いてください。次から選べます: {known}")


def _lines(pages: Sequence[ConflictPage]) -> list[str]:
    if not pages:
        return ["確認が必要な変更はありません。"]
    lines = []
    for page in pages:
        lines.append(f"{page.row.key}  {_title(page.row)}")
        if page.before is not None:
            lines.append(f"  変更前: {_value(page.before)}")
        lines += [f"  {number}: {_value(side)}" for number, side in enumerate(page.sides, 1)]
        if page.both is not None:
            lines.append(f"  {BOTH}: 両方残す")
    return lines


def _title(row: ConflictRow) -> str:
    waits = "" if row.is_asked else "（続きが届くのを待っています）"
    return f"{row.company_name}  {row.title}{waits}"


def _value(side: Side) -> str:
    shown = "、いま出しているもの" if side.is_shown else ""
    return f"{' '.join(side.words.split()) or '（なし）'}（{side.who or 'ほかの人'}{shown}）"


def _facts(page: ConflictPage) -> dict[str, object]:
    return {
        "key": page.row.key,
        "kind": page.row.kind,
        "title": page.row.title,
        "company": page.row.company_name,
        "is_asked": page.row.is_asked,
        "before": page.before.words if page.before else None,
        "sides": [_side_facts(side) for side in page.sides],
        "both": page.both,
    }


def _side_facts(side: Side) -> dict[str, object]:
    return {
        "words": side.words,
        "who": side.who,
        "where": side.where,
        "at": side.at.isoformat(),
        "is_own": side.is_own,
        "is_shown": side.is_shown,
    }
