"""`banso check` and `backup`: looking after a store."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from app.clock import JAPAN
from app.domain.calendar import western_moment
from app.services.backups import KEPT, BackupRow
from app.services.store_reports import StoreReport
from ui.command_line.console import Console
from ui.command_line.exit_codes import ExitCode
from ui.command_line.keys import unlocked


def check(given: Namespace, console: Console) -> ExitCode:
    """Say what checking every page, the log and the backups finds."""
    report = unlocked(given).report()
    console.result(list(_report_lines(report)), _report_facts(report))
    return ExitCode.DONE if report.is_sound else ExitCode.DAMAGED


def backup(given: Namespace, console: Console) -> ExitCode:
    """Make a verified backup."""
    service = unlocked(given).backups
    made = service.make()
    kept = len(service.rows())
    lines = [
        f"控えを取り、開けることを確かめました: {made.path}",
        f"控えは {kept}個あります（{KEPT}個まで残します）。",
    ]
    console.result(lines, {**_backup_facts(made), "kept": kept})
    return ExitCode.DONE


def _report_lines(report: StoreReport) -> list[str]:
    lines = [_pages_line(report), _log_line(report), *_index_lines(report), _backups_line(report)]
    lines += [f"  開けない控え: {each.backup.path}" for each in report.backups if not each.is_sound]
    if report.is_sound:
        return [*lines, "壊れた所は見つかりませんでした。"]
    if report.is_sound_but_for_index:
        return [*lines, "ほかに壊れた所は見つかりませんでした。"]
    return [*lines, "壊れた所があります。控えから戻すには: banso restore --from newest --yes"]


def _pages_line(report: StoreReport) -> str:
    found = f"{report.page_faults}か所に異常" if report.page_faults else "異常なし"
    return f"記録のファイル: {found}"


def _log_line(report: StoreReport) -> str:
    if report.log is None:
        return "変更の履歴: 読めません"
    counted = f"変更の履歴: 記録 {report.log.records:,}件、変更 {report.log.changes:,}件"
    if report.log.differing:
        return f"{counted}。一覧の {report.log.differing:,}件が合いません（もとの記録は無事です）"
    return f"{counted}。一覧と合っています"


def _index_lines(report: StoreReport) -> list[str]:
    if report.log is None:
        return []
    if report.log.misindexed:
        wrong = f"{report.log.misindexed:,}件が合いません"
        return [f"さがすための索引: {wrong}（もとの記録は無事です。次に開くときに作り直します）"]
    return ["さがすための索引: 記録と合っています"]


def _backups_line(report: StoreReport) -> str:
    if not report.backups:
        return "控え: まだありません"
    sound = sum(each.is_sound for each in report.backups)
    when = western_moment(report.backups[0].backup.made_at.astimezone(JAPAN))
    return f"控え: {len(report.backups)}個のうち {sound}個が開けます（新しいものは {when}）"


def _report_facts(report: StoreReport) -> dict[str, object]:
    log = report.log
    return {
        "sound": report.is_sound,
        "page_faults": report.page_faults,
        "log": log and {name: value for name, value in asdict(log).items() if name != "items"},
        "backups": [{**_backup_facts(each.backup), "sound": each.is_sound} for each in report.backups],
    }


def _backup_facts(made: BackupRow) -> dict[str, object]:
    return {"file": str(made.path), "made_at": made.made_at.isoformat(), "size": made.size}
