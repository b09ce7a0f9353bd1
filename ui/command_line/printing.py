"""`banso print`: documents as PDF."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from app.rows.printed_batch import MANY, PrintedBatch
from app.rows.printing import DocumentKind, Prepared, PrintRequest
from app.services.companies import CompanyService
from app.services.printing import PrintService
from ui.command_line.choices import company_named, period_of
from ui.command_line.console import Console, require_folder_of
from ui.command_line.exit_codes import ExitCode
from ui.command_line.keys import unlocked


def print_documents(given: Namespace, console: Console) -> ExitCode:
    """Write the documents asked for, and say what stayed inside."""
    require_folder_of(given.out)
    store = unlocked(given)
    with store.opened() as place:
        since, until = period_of(given, place.today(), console)
        rows = CompanyService(place).list_rows()
        chosen = rows if given.all else [company_named(rows, words, console) for words in given.company]
        ids = tuple(dict.fromkeys(row.id for row in chosen))
        request = PrintRequest(DocumentKind(given.kind), ids, given.level, since, until)
        service = store.printing(place)
        printed, written = _printed(service, request, given.out)
    _say_preflight(printed, console)
    console.note(f"{request.kind.term} {printed.pages:,}頁、取扱は{given.level.term}。")
    console.result([str(path) for path in written], _facts(printed, written))
    return ExitCode.DONE


def _printed(
    service: PrintService, request: PrintRequest, out: Path
) -> tuple[Prepared | PrintedBatch, Sequence[Path]]:
    """What was printed, and its files."""
    if len(request.company_ids) > MANY and out.suffix.lower() != ".pdf":
        batch = service.save_each(request, out)
        return batch, batch.files
    prepared = service.prepare(request)
    return prepared, service.save(prepared, out)


def _say_preflight(prepared: Prepared | PrintedBatch, console: Console) -> None:
    for found in prepared.unprintable:
        console.note(
            f"紙の書体にない文字: {found.code} が {found.place or '本文'} に {found.count}回（〓 になります）"
        )
    if prepared.left_out.secret:
        console.note(f"秘密の行 {prepared.left_out.secret:,}件は載っていません。")
    if prepared.left_out.closed:
        console.note(f"この取扱では出せない項目 {prepared.left_out.closed:,}件は載っていません。")
    if prepared.empty_companies:
        console.note(f"{len(prepared.empty_companies):,}社には、この条件で載せる内容がありません。")


def _facts(prepared: Prepared | PrintedBatch, written: Sequence[Path]) -> dict[str, object]:
    return {
        "files": [str(path) for path in written],
        "pages": prepared.pages,
        "secret_left_out": prepared.left_out.secret,
        "closed_left_out": prepared.left_out.closed,
        "empty_companies": len(prepared.empty_companies),
        "unprintable": [
            {"code": found.code, "place": found.place, "count": found.count} for found in prepared.unprintable
        ],
    }
