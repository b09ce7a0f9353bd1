"""`banso team` and `banso sync`: making and joining a team, and one round of synchronisation."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from enum import Enum

from app.errors import TeamMissing
from app.rows.sharing import (
    DeviceRow,
    HandedOverRow,
    HeldWorkRow,
    RoundReport,
    TeamOverview,
    TeamStanding,
)
from app.services.companies import CompanyService
from app.services.sharing import SharingService
from app.services.sharing_held_work import HeldWorkService
from app.services.sharing_joining import letter_in
from app.services.sharing_rounds import RoundWishes
from app.services.text_files import write_text
from ui.command_line.bundles import numbered
from ui.command_line.choices import company_named
from ui.command_line.console import Console, require_folder_of
from ui.command_line.exit_codes import ExitCode
from ui.command_line.keys import unlocked
from ui.command_line.members import MEMBER_ACTS, Act
from ui.wording import message


def team(given: Namespace, console: Console) -> ExitCode:
    """Carry out what stands behind `team`."""
    return _ACTS[given.act](given, console)


def _create(given: Namespace, console: Console) -> ExitCode:
    store = unlocked(given)
    with store.held(), store.opened() as place:  # a window open meanwhile would go on as another device
        words = SharingService(place).create(given.place, given.name)
    lines = [
        f"チームを作りました。置き場: {given.place}",
        "チームの復旧シートの24語です。ここにしか出ません。紙に書いて、この端末とは別の所にしまってください。",
        *numbered(words),
    ]
    console.result(lines, {"place": given.place, "recovery_words": words})
    return ExitCode.DONE


def _invite(given: Namespace, console: Console) -> ExitCode:
    if given.out:
        require_folder_of(given.out)
    with unlocked(given).opened() as place:
        text = SharingService(place).invite()
    if given.out:
        write_text(given.out, f"{text}\n")
    console.note("7日のうちに、1台だけが加われます。置き場とは別の道（メールや手渡し）で渡してください。")
    console.result([str(given.out) if given.out else text], {"invitation": text})
    return ExitCode.DONE


def _join(given: Namespace, console: Console) -> ExitCode:
    invitation = letter_in(given.invitation)
    store = unlocked(given)
    with store.held(), store.opened() as place:  # ... and write into the team that it was
        digits = SharingService(place).join(invitation, given.name, given.place or "")
    console.note("この20桁を、招待をくれた人と声で確かめてください。承認されると、banso sync で届きます。")
    console.result([digits], {"digits": digits})
    return ExitCode.DONE


def _approve(given: Namespace, console: Console) -> ExitCode:
    with unlocked(given).opened() as place:
        rows = CompanyService(place).list_rows()
        chosen = rows if given.all else [company_named(rows, words, console) for words in given.company]
        companies = [row.id for row in chosen]
        sharing = SharingService(place)
        name = sharing.approve(given.digits, given.role, companies, person_of=given.person_of)
    console.result([f"{name}さんの端末を{given.role.term}として加えました。"], {"name": name})
    return ExitCode.DONE


def _list(given: Namespace, console: Console) -> ExitCode:
    with unlocked(given).opened() as place:
        found = SharingService(place).overview(with_requests=True)
    if found.standing is TeamStanding.ALONE:
        raise TeamMissing
    console.result(list(_team_lines(found)), asdict(found))
    return ExitCode.DONE


def _deposits(given: Namespace, console: Console) -> ExitCode:
    with unlocked(given).opened() as place:
        service = HeldWorkService(place)
        rows, own = service.rows(), service.handed_over()
    lines = [line for row in rows for line in _held_lines(row)]
    lines += [f"{row.id[:8]}  渡した{row.changes:,}件  {row.company}  {row.state.value}" for row in own]
    found = {"held": [_plain(row) for row in rows], "handed_over": [_plain(row) for row in own]}
    console.result(lines or ["預かりはありません。"], found)
    return ExitCode.DONE


def _accept(given: Namespace, console: Console) -> ExitCode:
    with unlocked(given).opened() as place:
        count = HeldWorkService(place).accept(given.parcel)
    console.note("次の banso sync で、チームに届きます。")
    console.result([f"{count:,}件を受け入れました。"], {"changes": count})
    return ExitCode.DONE


def _decline(given: Namespace, console: Console) -> ExitCode:
    with unlocked(given).opened() as place:
        count = HeldWorkService(place).decline(given.parcel)
    console.note("捨てていません。あとからでも、同じ番号で受け入れられます。")
    console.result([f"{count:,}件を見送りました。"], {"changes": count})
    return ExitCode.DONE


_ACTS: dict[str, Act] = {
    "create": _create,
    "invite": _invite,
    "join": _join,
    "approve": _approve,
    "list": _list,
    "deposits": _deposits,
    "accept": _accept,
    "decline": _decline,
    **MEMBER_ACTS,
}


def sync(given: Namespace, console: Console) -> ExitCode:
    """One round."""
    wishes = RoundWishes(look_through=given.look_through, refill=given.refill)
    with unlocked(given).opened() as place:
        report = SharingService(place).synchronise(given.place or "", wishes)
    if report.fault:
        console.note(message(report.fault, {}).title)
    console.result(_report_lines(report), asdict(report))
    return ExitCode.PLACE if report.fault else ExitCode.DONE


def _team_lines(found: TeamOverview) -> list[str]:
    lines = [f"置き場: {found.address}", *(_device_line(each) for each in found.devices)]
    lines += [f"加わりたい端末: {each.name}  {each.digits}" for each in found.requests]
    if found.digits:
        lines.append(f"承認を待っています: {found.digits}")
    return lines


def _device_line(device: DeviceRow) -> str:
    own = "（この端末）" if device.is_own else ""
    return f"{device.id[:8]}  {device.name}  {device.role.term}  {device.status.term}{own}"


def _held_lines(row: HeldWorkRow) -> list[str]:
    company = row.company or ("名前の分からない企業" if row.company_id else "チームの記録")
    head = f"{row.id[:8]}  {row.device}  {company}  {row.kind.value}{row.changes:,}件  {row.state.value}"
    return [head, *(f"    {line}" for line in row.lines)]


def _plain(row: HeldWorkRow | HandedOverRow) -> dict[str, object]:
    """A row as JSON has it."""
    told = {name: value.value if isinstance(value, Enum) else value for name, value in asdict(row).items()}
    return {**told, "at": row.at.isoformat()}


def _report_lines(report: RoundReport) -> list[str]:
    lines = [f"受け取った変更 {report.received:,}件、送った変更 {report.sent:,}件"]
    told = (
        (report.is_waiting_for_approval, "チームの承認を待っています。書いたものはこの端末に残っています。"),
        (report.is_stopped, "この端末は止められています。書いたものはこの端末に残っています。"),
        (report.waiting, f"まだ送っていない変更 {report.waiting:,}件（未送信）"),
        (report.no_key, f"見る権限のない企業のもの {report.no_key:,}個（中は見えません）"),
        (report.damaged, f"置き場で壊れていたもの {report.damaged:,}個"),
        (report.healed, f"置き場に入れ直したもの {report.healed:,}個"),
        (report.was_forked, "この端末は控えから戻したか、写しがあります。両方の記録を残しました。"),
        (
            report.handed_over,
            f"担当でなくなった企業の未送信 {sum(count for _, count in report.handed_over):,}件を、"
            "預かりとして管理者に渡しました。この端末にも残っています。",
        ),
        (
            report.held_work,
            f"預かり {report.held_work:,}件が、管理者の判断を待っています（banso team deposits）。",
        ),
        (
            report.too_large,
            f"一度に保存した量が大きすぎて送れない変更 {report.too_large:,}件。この端末には残っています。"
            "分けて書き直すと送れます。ほかの変更は送られます。",
        ),
        (
            report.is_too_old,
            "チームはこれより新しい版のプログラムに決めました。受け取りは続き、書いたものはこの端末に残っています。"
            "新しい版を入れると、送られます。",
        ),
        (report.needs_newer, "新しい版のプログラムが書いたものがあります。"),
    )
    lines += [line for is_told, line in told if is_told]
    return lines + [f"まだ届いていないもの: {name or '端末'} {count:,}個" for name, count in report.missing]
