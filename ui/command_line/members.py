"""`banso team give`, `stop` and the like: who sees what, who may do what, and who is out."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict

from app.rows.sharing import ActNote, TeamVersions
from app.services.companies import CompanyService
from app.services.sharing import SharingService
from app.workplace import Workplace
from ui.command_line.choices import company_named
from ui.command_line.console import Console, WrongUse
from ui.command_line.exit_codes import ExitCode
from ui.command_line.keys import unlocked
from ui.wording import message

Act = Callable[[Namespace, Console], ExitCode]


def _give(given: Namespace, console: Console) -> ExitCode:
    with unlocked(given).opened() as place:
        company = _company(place, given, console)
        note = SharingService(place).give_company(company, given.device)
    return _told(console, note, f"{note.name}さんに、見る権利を渡しました。")


def _withdraw(given: Namespace, console: Console) -> ExitCode:
    with unlocked(given).opened() as place:
        company = _company(place, given, console)
        note = SharingService(place).withdraw_company(company, given.device)
    return _told(
        console,
        note,
        f"{note.name}さんから、見る権利をはずしました。届いていた内容は相手の端末に残ります。",
    )


def _role(given: Namespace, console: Console) -> ExitCode:
    with unlocked(given).opened() as place:
        note = SharingService(place).set_role(given.device, given.role)
    return _told(console, note, f"{note.name}さんの端末を{given.role.term}にしました。")


def _stop(given: Namespace, console: Console) -> ExitCode:
    _require_yes(given, f"{given.device} を止めます。")
    with unlocked(given).opened() as place:
        note = SharingService(place).stop_device(given.device, given.reason)
    return _told(
        console,
        note,
        f"{note.name}さんの端末を止めました。これから送られるものは数に入りません。",
        "すでに届いていた内容は遠くから消せません。置き場の共有と鍵（利用者名など）も替えてください。",
    )


def _remove(given: Namespace, console: Console) -> ExitCode:
    _require_yes(given, f"{given.device} をチームから外します。")
    with unlocked(given).opened() as place:
        note = SharingService(place).remove_device(given.device, given.reason)
    return _told(console, note, f"{note.name}さんの端末を外しました。鍵は新しくなっています。")


def _lift(given: Namespace, console: Console) -> ExitCode:
    with unlocked(given).opened() as place:
        note = SharingService(place).lift_stop(given.device)
    return _told(console, note, f"{note.name}さんの端末を使えるように戻しました。")


def _leave(given: Namespace, console: Console) -> ExitCode:
    _require_yes(given, "この端末での参加を終えます。")
    with unlocked(given).opened() as place:
        SharingService(place).leave()
    console.result(["チームへの参加を終えました。記録はこの端末に残っています。"], {})
    return ExitCode.DONE


def _move(given: Namespace, console: Console) -> ExitCode:
    with unlocked(given).opened() as place:
        sharing = SharingService(place)
        sharing.move(given.place)
        notice = sharing.notice_of_place()
    console.note("ほかの人には、次の知らせを渡してください。加わるための招待にはなりません。")
    console.result([notice], {"notice": notice})
    return ExitCode.DONE


def _recover(given: Namespace, console: Console) -> ExitCode:
    store = unlocked(given)
    words = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    with store.held(), store.opened() as place:
        sharing = SharingService(place)
        address = given.place or sharing.overview().address
        if not address:
            raise WrongUse("--place に置き場を書いてください。")
        sharing.recover(words, address, given.name, is_replacing=given.replace)
    console.result(["この端末を管理者にしました。すべての企業の鍵があります。"], {})
    return ExitCode.DONE


def _require(given: Namespace, console: Console) -> ExitCode:
    with unlocked(given).opened() as place:
        sharing = SharingService(place)
        if not given.version:
            return _list_versions(console, sharing.versions())
        fault = sharing.require_version(given.version)
    lines = (f"版 {given.version} から送れます。古いプログラムは受け取るだけになります。",)
    return _told(console, ActNote(given.version, fault), *lines)


def _list_versions(console: Console, found: TeamVersions) -> ExitCode:
    rule = f"版 {found.least_app} から送れます。" if found.least_app else "どの版からも送れます。"
    lines = [f"{each.id[:8]}  {each.name}  {each.app or 'まだ分かりません'}" for each in found.devices]
    console.result([rule, *lines], asdict(found))
    return ExitCode.DONE


MEMBER_ACTS: dict[str, Act] = {
    "give": _give,
    "withdraw": _withdraw,
    "role": _role,
    "stop": _stop,
    "remove": _remove,
    "lift": _lift,
    "leave": _leave,
    "move": _move,
    "recover": _recover,
    "require": _require,
}


def _company(place: Workplace, given: Namespace, console: Console) -> str:
    return company_named(CompanyService(place).list_rows(), given.company, console).id


def _require_yes(given: Namespace, what: str) -> None:
    if not given.yes:
        raise WrongUse(f"{what}よければ --yes を付けて、もう一度実行してください。")


def _told(console: Console, note: ActNote, *lines: str) -> ExitCode:
    """What counts here counts; that the 置き場 has not heard of it yet is said beside it."""
    if note.fault:
        console.note(
            f"{message(note.fault, {'status': 0}).title}。置き場には、次につながったときに伝えます。"
        )
    console.result(lines, {"name": note.name, "fault": note.fault})
    return ExitCode.PLACE if note.fault else ExitCode.DONE
