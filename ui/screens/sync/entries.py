"""What 同期 says, as rows for its lists. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.rows.conflicts import ConflictRow, MergedRow
from app.rows.sharing import SharingState, UnsharedRow
from ui.background_rounds import RoundsState
from ui.models.row_list_model import Entry, ListRow
from ui.sharing_words import (
    apart_words,
    moment_words,
    shared_words,
    standing_words,
    trouble_words,
    waiting_words,
)

GOING = "going"


def standing(state: SharingState, rounds: RoundsState, now: datetime, *, is_online: bool) -> Sequence[Entry]:
    """How things are, one fact per row."""
    rows = [_first(state, rounds, now, is_online=is_online)]
    waiting = waiting_words(state)
    if waiting and rows[0].title != waiting:
        rows.append(ListRow("waiting", waiting, icon="up"))
    if state.shared_at is not None and rows[0].key != "shared":
        shared = shared_words(state, now)
        rows.append(ListRow("shared", shared.words, icon=shared.icon, icon_tone=shared.tone))
    rows += _of_report(state)
    rows.append(ListRow("place", "置き場", quiet=state.address, icon="table"))
    return rows


def _first(state: SharingState, rounds: RoundsState, now: datetime, *, is_online: bool) -> ListRow:
    if rounds.is_going:
        figures = f" {rounds.done}/{rounds.total}" if rounds.total else ""
        return ListRow(GOING, f"チームに共有中{figures}", icon="sync")
    if rounds.fault is not None:
        return ListRow("trouble", trouble_words(rounds, is_online=is_online), icon="away")
    said = standing_words(state, rounds, now, is_online=is_online)
    key = "shared" if said == shared_words(state, now) else "standing"
    return ListRow(key, said.words, icon=said.icon, icon_tone=said.tone)


def _of_report(state: SharingState) -> list[ListRow]:
    """What the last round found that needs no deed."""
    report = state.report
    if report is None:
        return []
    rows = [
        ListRow(
            f"missing-{number}", f"{name or 'ほかの端末'}の更新 {count}件が、まだ届いていません", icon="clock"
        )
        for number, (name, count) in enumerate(report.missing)
    ]
    told = (
        (report.damaged, f"置き場で壊れていたもの {report.damaged}個は使いませんでした", "alert"),
        (report.healed, f"置き場に入れ直したもの {report.healed}個", "check"),
        (report.no_key, f"担当でない企業のもの {report.no_key}個は、預かるだけで中は見えません", "key"),
        (report.held_work, f"預かり {report.held_work}件が、判断を待っています（チーム > 預かり）", "person"),
        (report.was_forked, "控えから戻したか、写しがある端末です。両方の記録を残しました", "device"),
    )
    return rows + [ListRow(f"told-{icon}", words, icon=icon) for is_told, words, icon in told if is_told]


def questions(rows: Sequence[ConflictRow]) -> Sequence[Entry]:
    """確認が必要な変更; those that wait for data say so and nobody is asked."""
    return [
        ListRow(
            row.key,
            row.title,
            quiet=row.company_name if row.is_asked else "続きが届くのを待っています",
            icon="question" if row.is_asked else "clock",
            icon_tone="warn" if row.is_asked else "sub",
            right="見る",
        )
        for row in rows
    ]


def unshared(rows: Sequence[UnsharedRow], count: int) -> Sequence[Entry]:
    """未送信 by name."""
    shown: list[Entry] = [
        ListRow(f"{row.record_type}:{row.record_id}", row.title, quiet=f"{row.type_term}  {row.company_name}")
        for row in rows
    ]
    if count > len(rows):
        shown.append(ListRow("more", f"ほか {count - len(rows)}件", icon="more"))
    return shown


def devices(state: SharingState, now: datetime) -> Sequence[Entry]:
    """Of whom something last arrived, and when it was written there."""
    contacts = state.report.contacts if state.report else ()
    newest = sorted(contacts, key=lambda each: each.clock_ms, reverse=True)
    rows = []
    for each in newest:
        quiet, right = _contact_words(each.clock_ms, now)
        rows.append(ListRow(each.device, each.name or "ほかの端末", icon="device", quiet=quiet, right=right))
    return rows


def _contact_words(clock_ms: int, now: datetime) -> tuple[str, str]:
    """Beside the name, and at the right end, which holds a day and a time of day and little more."""
    at = datetime.fromtimestamp(clock_ms / 1000, now.tzinfo)
    ahead = (at - now).total_seconds() * 1000
    if ahead > 5 * 60_000:
        return f"時計が {apart_words(round(ahead))}進んでいます", ""
    return "最後に届いた更新", moment_words(at, now)


def merged(rows: Sequence[MergedRow]) -> Sequence[Entry]:
    """Texts that were put together from two."""
    return [
        ListRow(
            f"{row.record_type}:{row.record_id}",
            row.title,
            detail=" ".join(row.words.split()),
            quiet=row.company_name,
            icon="check",
            icon_tone="ok",
        )
        for row in rows
    ]
