"""`banso carry out` and `carry in`: what the team shares, by hand or by mail."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from app.domain.sizes import size_words
from app.errors import write_fault
from app.rows.carrying import CarriedIn, CarryRecord, CarryRequest, CarryScope, CarryWay
from app.services.carry_paper import carry_paper
from app.services.carrying import MAIL_PART_BYTES, CarryService
from app.services.sharing import SharingService
from ui.command_line.console import Console, WrongUse
from ui.command_line.exit_codes import ExitCode
from ui.command_line.keys import unlocked

_MB = 1_000_000


def carry(given: Namespace, console: Console) -> ExitCode:
    """Carry out what stands behind `carry`."""
    return (_out if given.act == "out" else _in)(given, console)


def _out(given: Namespace, console: Console) -> ExitCode:
    with unlocked(given).opened() as place:
        service = CarryService(place)
        scope = replace(_scope(given, service, SharingService(place)), with_files=given.with_files)
        part_bytes = given.part_mb * _MB if given.part_mb else None
        if given.way is CarryWay.MAIL and part_bytes is None:
            part_bytes = MAIL_PART_BYTES
        done = service.carry_out(CarryRequest(given.to, given.way, scope, part_bytes), given.out)
        if given.paper:
            _write(given.paper, carry_paper(done.record, place).pdf)
    console.note("ファイルは暗号化してあります。開けられるのは、このチームの端末だけです。")
    console.result([str(path) for path in done.paths] + _record_lines(done.record), _facts(done.record))
    return ExitCode.DONE


def _in(given: Namespace, console: Console) -> ExitCode:
    with unlocked(given).opened() as place:
        taken = CarryService(place).carry_in(given.files)
    console.result(_taken_lines(taken), {name: getattr(taken, name) for name in taken.__dataclass_fields__})
    return ExitCode.DONE


def _scope(given: Namespace, service: CarryService, sharing: SharingService) -> CarryScope:
    if given.lacking:
        return _lacking_at(sharing, given.lacking)
    if given.since_last:
        earlier = next((each for each in service.records() if each.receiver == given.to), None)
        if earlier is None:
            raise WrongUse(f"{given.to} に持ち出した記録はありません。--since-last を外してください。")
        return service.scope_after(earlier)
    return CarryScope()


def _lacking_at(sharing: SharingService, named: str) -> CarryScope:
    """What a device lacks, by its name or the beginning of its id."""
    for device in sharing.overview().devices:
        if not device.is_own and (device.name == named or device.id.startswith(named)):
            return CarryScope(lacking=device.id, words=f"{device.name}さんの端末にないもの")
    raise WrongUse(f"{named} という端末は、チームにありません。banso team list で確かめてください。")


def _write(path: Path, pdf: bytes) -> None:
    try:
        path.write_bytes(pdf)
    except OSError as refused:
        raise write_fault(refused) from refused


def _record_lines(record: CarryRecord) -> list[str]:
    files = f"{len(record.files):,}個のファイル、{size_words(record.size)}"
    return [f"持ち出しました: 変更 {record.changes:,}件、{files}", f"SHA-256: {record.digest}"]


def _facts(record: CarryRecord) -> dict[str, object]:
    return {**record.kept(), "way": record.way.value}


def _taken_lines(taken: CarriedIn) -> list[str]:
    sender = f"{taken.sender}さんの端末から" if taken.sender else "送り主を確かめられない端末から"
    lines = [f"読み込みました: {sender}、新しい変更 {taken.changes:,}件"]
    told = (
        (taken.attachments, f"資料 {taken.attachments:,}個"),
        (taken.is_waiting_for_approval, "この端末は、まだチームの承認を待っています。"),
        (taken.no_key, f"見る権限のない企業のもの {taken.no_key:,}個（中は見えません）"),
        (taken.damaged, f"壊れていて読めなかったもの {taken.damaged:,}個"),
        (taken.needs_newer, "新しい版のプログラムが書いたものがあります。"),
    )
    lines += [line for is_told, line in told if is_told]
    return lines + [f"まだ届いていないもの: {name or '端末'} {count:,}個" for name, count in taken.missing]
