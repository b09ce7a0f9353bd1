"""Carry files: what leaves, what comes in, in parts of any order, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.terms import TeamRole
from app.errors import (
    AppError,
    CarryOfAnotherTeam,
    CarryPartDamaged,
    CarryPartsMissing,
    CarryUnreadable,
    DiskFull,
    NothingToCarry,
    TeamMissing,
    TeamNotJoined,
)
from app.rows.carrying import CarryRequest, CarryScope, CarryWay
from app.services import carry_files
from app.services.attachments import AttachmentService
from app.services.blob_files import BlobFiles
from app.services.carry_paper import carry_paper
from app.services.carrying import CarryService
from app.services.history import HistoryService
from app.services.sharing import SharingService
from app.services.sharing_contacts import said_to_hold
from app.services.sharing_rounds import RoundWishes
from app.services.sharing_state import read_identity
from app.workplace import Workplace
from db.mirror import Mirror
from tests.reports.reading import page_texts
from tests.services.conftest import SteppingClock
from tests.services.records import change, put
from tests.services.stores import make_store
from tests.services.test_no_plain_text import readable

NewMember = Callable[[], Workplace]
BY_HAND = CarryRequest("伊藤様", CarryWay.STICK, CarryScope())


@pytest.fixture
def new_member(tmp_path: Path, clock: SteppingClock) -> Iterator[NewMember]:
    made: list[Workplace] = []

    def make() -> Workplace:
        number = len(made) + 1
        store_id = f"0198a2b4-0000-7000-8000-{number:012}"
        made.append(make_store(tmp_path / f"member{number}", clock, store_id).opened())
        return made[-1]

    yield make
    for workplace in made:
        workplace.store.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


@pytest.fixture
def pair(new_member: NewMember, place: Path) -> tuple[Workplace, Workplace, str]:
    """Two members and a company that both may see; from now on they meet by carry files only."""
    first, second = new_member(), new_member()
    SharingService(first).create(str(place), "佐藤")
    company = put(first, "company", name="北国工業")
    digits = SharingService(second).join(SharingService(first).invite().encode(), "伊藤")
    SharingService(first).approve(digits, TeamRole.MEMBER, [company])
    SharingService(second).synchronise()
    return first, second, company


def name_of(workplace: Workplace, company: str) -> str:
    with workplace.reading() as reading:
        return str((reading.record("company", company) or {})["name"])


def device_of(workplace: Workplace) -> bytes:
    with workplace.store.reading() as connection:
        identity = read_identity(connection)
    assert identity is not None
    return identity.device


def test_what_was_written_reaches_the_other_by_file_and_comes_back(
    pair: tuple[Workplace, Workplace, str], tmp_path: Path
) -> None:
    first, second, company = pair
    change(first, "company", company, name="北国工業所")
    out = CarryService(first).carry_out(BY_HAND, tmp_path / "stick")
    taken = CarryService(second).carry_in(out.paths)
    assert (taken.sender, taken.changes, taken.damaged, taken.missing) == ("佐藤", 1, 0, ())
    assert name_of(second, company) == "北国工業所"
    change(second, "company", company, name="北国工業株式会社")
    back = CarryService(second).carry_out(BY_HAND, tmp_path / "back")
    CarryService(first).carry_in(back.paths)
    assert name_of(first, company) == "北国工業株式会社"
    assert CarryService(first).carry_in(back.paths).changes == 0
    assert first.store.check().faults == second.store.check().faults == ()


def test_what_came_by_file_goes_on_to_the_place_and_nothing_of_a_round_is_forgotten(
    pair: tuple[Workplace, Workplace, str], place: Path, tmp_path: Path
) -> None:
    first, second, company = pair
    change(first, "company", company, name="北国工業所")
    out = CarryService(first).carry_out(BY_HAND, tmp_path)
    CarryService(second).carry_in(out.paths)
    with second.store.reading() as connection:
        assert not Mirror(connection).to_place()
    before = set(place.rglob("s/**/*.osy"))
    SharingService(second).synchronise(wishes=RoundWishes(look_through=True, healing_delay_ms=lambda: 0))
    assert set(place.rglob("s/**/*.osy")) > before
    assert SharingService(first).synchronise().waiting == 0


def test_only_what_the_receiver_lacks_goes_once_it_has_said_what_it_holds(
    pair: tuple[Workplace, Workplace, str], tmp_path: Path
) -> None:
    first, second, company = pair
    lacking = CarryScope(lacking=device_of(second).hex())
    everything = CarryService(first).outlook(CarryScope())
    assert CarryService(first).outlook(lacking).changes == everything.changes
    word = CarryService(second).carry_out(BY_HAND, tmp_path / "word")
    CarryService(first).carry_in(word.paths)
    with first.store.reading() as connection:
        assert said_to_hold(connection, device_of(second))
    with pytest.raises(NothingToCarry):
        CarryService(first).carry_out(replace(BY_HAND, scope=lacking), tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()
    change(first, "company", company, name="北国工業所")
    out = CarryService(first).carry_out(replace(BY_HAND, scope=lacking), tmp_path / "new")
    assert out.record.changes == 1
    CarryService(second).carry_in(out.paths)
    assert name_of(second, company) == "北国工業所"


def test_what_came_after_the_last_time_goes_alone(
    pair: tuple[Workplace, Workplace, str], tmp_path: Path
) -> None:
    first, _, company = pair
    service = CarryService(first)
    everything = service.carry_out(BY_HAND, tmp_path).record
    change(first, "company", company, name="北国工業所")
    later = service.carry_out(replace(BY_HAND, scope=service.scope_after(everything)), tmp_path).record
    assert later.changes == 3  # the name, and the two cells of the note that a file left
    assert service.records() == (later, everything)


def in_parts(first: Workplace, company: str, folder: Path) -> list[Path]:
    for number in range(40):
        change(first, "company", company, products=f"治具 {number} " + "あ" * 99)
    parts = CarryService(first).carry_out(replace(BY_HAND, part_bytes=2_000), folder).paths
    assert len(parts) > 3
    assert all(path.stat().st_size <= 2_000 for path in parts)
    return list(parts)


def test_parts_are_read_in_any_order_and_found_beside_one_of_them(
    pair: tuple[Workplace, Workplace, str], tmp_path: Path
) -> None:
    first, second, company = pair
    parts = in_parts(first, company, tmp_path / "mail")
    for given in (parts[::-1], parts[1:2], [tmp_path / "mail"]):
        CarryService(second).carry_in(given)
    with second.reading() as reading:
        assert (reading.record("company", company) or {})["products"].startswith("治具 39")


def test_what_is_missing_damaged_or_foreign_is_told_and_changes_nothing(
    pair: tuple[Workplace, Workplace, str], new_member: NewMember, tmp_path: Path
) -> None:
    first, second, company = pair
    parts = in_parts(first, company, tmp_path / "mail")
    service = CarryService(second)

    def refused(case: type[AppError], *paths: Path) -> AppError:
        with pytest.raises(case) as raised:
            service.carry_in(paths)
        return raised.value

    gone = parts[1].read_bytes()
    parts[1].unlink()
    assert refused(CarryPartsMissing, parts[0]).facts == {"missing": "2", "count": len(parts)}
    parts[1].write_bytes(gone[:-1] + b"?")
    assert refused(CarryPartDamaged, parts[0]).facts == {"number": 2}
    parts[1].write_bytes(gone[:-1])
    assert refused(CarryPartDamaged, parts[1]).facts == {"number": 2}
    odd = tmp_path / "odd"
    odd.write_bytes(b"")
    refused(CarryUnreadable, odd)
    odd.write_bytes(b"x" * 5_000)
    refused(CarryUnreadable, odd)
    refused(CarryUnreadable, tmp_path)
    third, elsewhere = new_member(), tmp_path / "elsewhere"
    with pytest.raises(TeamMissing):
        CarryService(third).carry_out(BY_HAND, tmp_path / "x")
    elsewhere.mkdir()
    SharingService(third).create(str(elsewhere), "加藤")
    put(third, "company", name="南国窯業")
    foreign = CarryService(third).carry_out(BY_HAND, tmp_path / "foreign").paths
    refused(CarryOfAnotherTeam, *foreign)
    assert name_of(second, company) == "北国工業"


def test_somebody_who_waits_for_approval_reads_it_in_and_is_admitted_by_the_file(
    pair: tuple[Workplace, Workplace, str], new_member: NewMember, place: Path, tmp_path: Path
) -> None:
    first, _, company = pair
    third = new_member()
    digits = SharingService(third).join(SharingService(first).invite().encode(), "加藤")
    with pytest.raises(TeamNotJoined):
        CarryService(third).carry_out(BY_HAND, tmp_path)
    early = CarryService(first).carry_out(BY_HAND, tmp_path / "early")
    assert CarryService(third).carry_in(early.paths).is_waiting_for_approval
    SharingService(first).approve(digits, TeamRole.MEMBER, [company])
    late = CarryService(first).carry_out(BY_HAND, tmp_path / "late")
    assert not CarryService(third).carry_in(late.paths).is_waiting_for_approval
    assert name_of(third, company) == "北国工業"
    assert third.team_id == first.team_id


def test_a_file_says_nothing_and_its_record_nothing_of_the_contents(
    pair: tuple[Workplace, Workplace, str], tmp_path: Path
) -> None:
    first, _, company = pair
    put(first, "person", company, name="社外に出さない名前の人です")
    out = CarryService(first).carry_out(BY_HAND, tmp_path / "stick")
    paper = carry_paper(out.record, first)
    said = "".join(page_texts(paper.pdf))
    assert "持出し記録" in said
    assert "伊藤様" in said
    assert out.record.digest[:4] in said
    hidden = ["社外に出さない名前の人です", "北国工業"]
    assert readable(tmp_path / "stick", hidden) == []
    assert not [each for each in hidden if each in said]


def test_what_left_stands_in_the_history_of_the_company(
    pair: tuple[Workplace, Workplace, str], tmp_path: Path
) -> None:
    first, second, company = pair
    CarryService(first).carry_out(BY_HAND, tmp_path)
    SharingService(first).synchronise()
    SharingService(second).synchronise()
    for workplace in (first, second):
        entries = HistoryService(workplace).of_company(company)
        assert any("持出しファイル" in entry.words for entry in entries)


def test_a_full_stick_keeps_nothing_and_notes_nothing(
    pair: tuple[Workplace, Workplace, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _, company = pair
    write = carry_files._write

    def full(path: Path, pieces: object) -> bytes:
        if "2of" in path.name:
            raise OSError(28, "full")
        return write(path, pieces)  # type: ignore[arg-type]

    monkeypatch.setattr(carry_files, "_write", full)
    with pytest.raises(DiskFull):
        in_parts(first, company, tmp_path / "stick")
    assert not any((tmp_path / "stick").iterdir())
    assert CarryService(first).records() == ()


def test_attached_files_go_along_when_that_is_wanted(
    pair: tuple[Workplace, Workplace, str], tmp_path: Path
) -> None:
    first, second, company = pair
    drawing = tmp_path / "図面.txt"
    drawing.write_bytes("寸法".encode() * 999)
    ours, theirs = (AttachmentService(each, BlobFiles.beside(each.store.path)) for each in (first, second))
    (added,) = ours.add(company, [drawing]).ids
    without = CarryService(first).carry_out(BY_HAND, tmp_path / "without")
    assert CarryService(second).carry_in(without.paths).attachments == 0
    assert not theirs.sheet(company).rows[0].is_here
    request = replace(BY_HAND, scope=CarryScope(with_files=True), part_bytes=2_000)
    assert CarryService(first).outlook(request.scope).attachments == 1
    out = CarryService(first).carry_out(request, tmp_path / "with")
    assert out.record.attachments == 1
    assert CarryService(second).carry_in(out.paths).attachments == 1
    assert CarryService(second).carry_in(out.paths).attachments == 0
    assert theirs.content(added) == drawing.read_bytes()
