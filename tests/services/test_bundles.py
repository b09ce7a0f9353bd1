"""The open bundle: everything out, everything back, and nothing 秘密 unless it was asked for."""

import csv
import io
import json
import stat
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.terms import Confidentiality
from app.errors import BundleIncomplete, BundleTooNew, BundleUnreadable, FileInTheWay, StoreNotEmpty
from app.services.bundles import BundleService, RecordHashes, _line, require_bundle
from app.services.drafts import DraftService
from app.services.practice import PracticeClock, load_practice
from app.workplace import Workplace
from db.cells import BY_NAME
from tests.db.test_rebuilding import contents
from tests.services.conftest import START, SteppingClock
from tests.services.planted import Marker, Planting, plant_company
from tests.services.records import change, line, put, session, withdraw
from tests.services.stores import make_store


@pytest.fixture
def empty(tmp_path: Path, clock: SteppingClock) -> Iterator[Workplace]:
    """Another store, of another team."""
    opened = make_store(tmp_path / "other", clock, "0198a2b4-0000-7000-8000-000000000002").opened()
    yield opened
    opened.store.close()


@pytest.fixture
def lived(place: Workplace) -> Workplace:
    """A workplace with the whole practice region, something deleted, something in conflict."""
    today = PracticeClock(START.date())
    real, place.clock = place.clock, today
    load_practice(place, today)
    place.clock = real
    with place.reading() as reading:
        company, *_ = reading.records("company")
        homework, *_ = reading.records("action_item")
        form = place.store.form(reading.connection, "company", company["id"])
    withdraw(place, "action_item", homework["id"])
    change(place, "company", company["id"], name="北国精密工業")
    with place.action("直す", None) as work:
        work.save("company", company["id"], {"name": "ほっこく精密"}, form)
    return place


def manifest(bundle: Path) -> dict[str, Any]:
    with zipfile.ZipFile(bundle) as file:
        return json.loads(file.read("banso.json"))


def everything(bundle: Path) -> bytes:
    """Every byte of every file in a bundle, and the names."""
    with zipfile.ZipFile(bundle) as file:
        assert file.testzip() is None
        return b"\n".join(name.encode() + file.read(name) for name in file.namelist())


def rewritten(bundle: Path, target: Path, name: str, alter: Callable[[bytes], bytes]) -> Path:
    """A copy of a bundle with one of its files altered."""
    with zipfile.ZipFile(bundle) as source, zipfile.ZipFile(target, "w") as copy:
        for each in source.namelist():
            content = source.read(each)
            copy.writestr(each, alter(content) if each == name else content)
    return target


def test_out_in_and_out_again_are_equal(lived: Workplace, empty: Workplace, tmp_path: Path) -> None:
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    out = BundleService(lived).export(first, include_secret=True)
    taken = BundleService(empty).take_in(first)
    again = BundleService(empty).export(second, include_secret=True)
    assert (taken.records, taken.changes) == (out.records, out.changes) == (again.records, again.changes)
    assert manifest(first)["hashes"] == manifest(second)["hashes"]
    assert empty.team_id == lived.team_id


def test_the_records_read_the_same_on_the_other_side(
    lived: Workplace, empty: Workplace, tmp_path: Path
) -> None:
    BundleService(lived).export(tmp_path / "1.zip", include_secret=True)
    BundleService(empty).take_in(tmp_path / "1.zip")
    assert empty.store.check().faults == ()
    ours, theirs = contents(lived.store), contents(empty.store)
    for name in BY_NAME:
        assert ours[name] == theirs[name]


def test_what_was_left_out_stays_out_on_the_way_through_another_store(
    lived: Workplace, empty: Workplace, tmp_path: Path
) -> None:
    out = BundleService(lived).export(tmp_path / "1.zip")
    BundleService(empty).take_in(tmp_path / "1.zip")
    again = BundleService(empty).export(tmp_path / "2.zip")
    assert out.secret_left_out > 0
    assert again.secret_left_out == 0
    assert manifest(tmp_path / "1.zip")["hashes"] == manifest(tmp_path / "2.zip")["hashes"]


@pytest.fixture
def planted(place: Workplace) -> list[Marker]:
    with place.action("植える", None) as work:
        planting = Planting(place, work)
        plant_company(planting, Confidentiality.PUBLIC, None)
    return planting.markers


def test_no_byte_of_a_bundle_holds_what_is_secret(
    place: Workplace, planted: list[Marker], tmp_path: Path
) -> None:
    note = BundleService(place).export(tmp_path / "1.zip")
    content = everything(tmp_path / "1.zip")
    out = {marker.text for marker in planted if marker.text.encode() in content}
    assert out == {marker.text for marker in planted if not marker.is_secret}
    secret_lines = [marker for marker in planted if marker.is_secret and marker.column == "text"]
    assert note.secret_left_out == manifest(tmp_path / "1.zip")["secret_left_out"] == len(secret_lines)
    assert f"秘密の行 {len(secret_lines)}件は入っていません" in content.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_only_its_owner_can_read_a_bundle(place: Workplace, tmp_path: Path) -> None:
    bundle = tmp_path / "1.zip"
    BundleService(place).export(bundle)
    assert stat.S_IMODE(bundle.stat().st_mode) == 0o600


def test_asked_for_what_is_secret_is_there(place: Workplace, planted: list[Marker], tmp_path: Path) -> None:
    note = BundleService(place).export(tmp_path / "1.zip", include_secret=True)
    content = everything(tmp_path / "1.zip")
    assert [marker for marker in planted if marker.text.encode() not in content] == []
    assert note.secret_left_out == 0


def test_earlier_words_of_a_secret_line_stay_inside_too(place: Workplace, tmp_path: Path) -> None:
    company = put(place, "company", name="北国精密")
    held = session(place, company, "2025-07-01T13:00")
    written = line(place, company, held, "はじめの文ZQ1")
    change(place, "note_line", written, text="なおした文ZQ2")
    change(place, "note_line", written, is_secret=True)
    withdrawn = line(place, company, held, "けした秘密ZQ3", is_secret=True)
    withdraw(place, "note_line", withdrawn)
    note = BundleService(place).export(tmp_path / "1.zip")
    content = everything(tmp_path / "1.zip")
    assert [mark for mark in (b"ZQ1", b"ZQ2", b"ZQ3") if mark in content] == []
    assert note.secret_left_out == 2


def test_drafts_are_in_no_bundle(place: Workplace, tmp_path: Path) -> None:
    put(place, "company", name="北国精密")
    DraftService(place.store, place.clock).keep("s", "行", "書きかけZQ9")
    BundleService(place).export(tmp_path / "1.zip", include_secret=True)
    assert b"ZQ9" not in everything(tmp_path / "1.zip")


def test_the_tables_open_in_a_spreadsheet_without_becoming_formulas(place: Workplace, tmp_path: Path) -> None:
    put(place, "company", name="=1+1", kana="ホッコク")
    BundleService(place).export(tmp_path / "1.zip")
    with zipfile.ZipFile(tmp_path / "1.zip") as bundle:
        plain = json.loads(bundle.read("tables/company.json"))
        rows = list(csv.DictReader(io.StringIO(bundle.read("tables/company.csv").decode("utf-8-sig"))))
    assert [row["name"] for row in plain] == ["=1+1"]
    assert [row["name"] for row in rows] == ["'=1+1"]


def test_a_bundle_never_replaces_a_file(place: Workplace, tmp_path: Path) -> None:
    (tmp_path / "1.zip").write_bytes(b"mine")
    with pytest.raises(FileInTheWay):
        BundleService(place).export(tmp_path / "1.zip")
    assert (tmp_path / "1.zip").read_bytes() == b"mine"


def test_a_bundle_goes_only_into_an_empty_store(place: Workplace, tmp_path: Path) -> None:
    put(place, "company", name="北国精密")
    BundleService(place).export(tmp_path / "1.zip")
    with pytest.raises(StoreNotEmpty) as refused:
        BundleService(place).take_in(tmp_path / "1.zip")
    assert refused.value.facts == {"records": 1}


@pytest.fixture
def bundle(place: Workplace, tmp_path: Path) -> Path:
    company = put(place, "company", name="北国精密", kana="ホッコク")
    change(place, "company", company, name="北国精密工業")
    BundleService(place).export(tmp_path / "1.zip")
    return tmp_path / "1.zip"


def lines_altered(alter: Callable[[list[dict[str, Any]]], object]) -> Callable[[bytes], bytes]:
    def altered(content: bytes) -> bytes:
        lines = [json.loads(line) for line in content.splitlines()]
        alter(lines)
        return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)

    return altered


TAMPERED: list[tuple[Callable[[list[dict[str, Any]]], object], type[Exception]]] = [
    (lambda lines: lines[0].update(value="べつの名"), BundleIncomplete),
    (lambda lines: lines.pop(), BundleIncomplete),
    (lambda lines: lines.append({**lines[0], "id": "00" * 12}), BundleIncomplete),
    (lambda lines: lines[0].pop("value"), BundleUnreadable),
    (lambda lines: lines[0].update(more=1), BundleUnreadable),
    (lambda lines: lines[0].update(seen=5), BundleUnreadable),
]


@pytest.mark.parametrize(("alter", "case"), TAMPERED)
def test_a_bundle_that_was_tampered_with_leaves_nothing(
    bundle: Path,
    empty: Workplace,
    tmp_path: Path,
    alter: Callable[[list[dict[str, Any]]], object],
    case: type[Exception],
) -> None:
    tampered = rewritten(bundle, tmp_path / "2.zip", "log.jsonl", lines_altered(alter))
    with pytest.raises(case):
        require_bundle(tampered)
    with pytest.raises(case):
        BundleService(empty).take_in(tampered)
    assert empty.store.check().changes == 0


def forged(bundle: Path, target: Path, alter: Callable[[list[dict[str, Any]]], object]) -> Path:
    """A bundle whose log was altered and whose list of hashes was made to fit."""
    changed = rewritten(bundle, target.with_suffix(".part"), "log.jsonl", lines_altered(alter))
    with zipfile.ZipFile(changed) as file:
        lines = [json.loads(line) for line in file.read("log.jsonl").splitlines()]
    hashes = RecordHashes()
    for each in lines:
        hashes.add(_line(each))

    def refit(content: bytes) -> bytes:
        return json.dumps({**json.loads(content), "hashes": hashes.digests()}).encode()

    return rewritten(changed, target, "banso.json", refit)


@pytest.mark.parametrize(
    "alter",
    [
        lambda lines: lines.append(dict(lines[0])),
        lambda lines: lines[0].update(id="zz" * 12),
        lambda lines: lines[0].update(id=7),
        lambda lines: lines[0].update(record="企業"),
        lambda lines: lines[0].update(time=1 << 70),
        lambda lines: lines[0].update(seen=["kurz"]),
        lambda lines: lines[0].update(value=1 << 70),
    ],
)
def test_a_forged_bundle_is_refused_and_leaves_nothing(
    bundle: Path, empty: Workplace, tmp_path: Path, alter: Callable[[list[dict[str, Any]]], object]
) -> None:
    with pytest.raises(BundleUnreadable):
        BundleService(empty).take_in(forged(bundle, tmp_path / "2.zip", alter))
    assert empty.store.check().changes == 0


@pytest.mark.parametrize(
    "manifest_of",
    [b"", b"[]", b"{}", b'{"format": 1}', b'{"format": 1, "team": 5, "hashes": {}}', b"\xff\xfe"],
)
def test_what_is_no_bundle_is_told(
    tmp_path: Path, bundle: Path, empty: Workplace, manifest_of: bytes
) -> None:
    other = rewritten(bundle, tmp_path / "2.zip", "banso.json", lambda _: manifest_of)
    with pytest.raises(BundleUnreadable):
        BundleService(empty).take_in(other)


@pytest.mark.parametrize("kept", [0, 10, 200, -30])
def test_a_bundle_that_was_cut_short_is_told(
    tmp_path: Path, bundle: Path, empty: Workplace, kept: int
) -> None:
    short = tmp_path / "2.zip"
    short.write_bytes(bundle.read_bytes()[:kept])
    with pytest.raises(BundleUnreadable):
        BundleService(empty).take_in(short)


def test_a_bundle_of_a_later_program_is_told(tmp_path: Path, bundle: Path, empty: Workplace) -> None:
    later = rewritten(
        bundle, tmp_path / "2.zip", "banso.json", lambda old: old.replace(b'"format": 1', b'"format": 2')
    )
    with pytest.raises(BundleTooNew) as refused:
        BundleService(empty).take_in(later)
    assert refused.value.facts == {"bundle_version": 2}


def test_work_goes_on_in_a_store_that_took_a_bundle_in(bundle: Path, empty: Workplace) -> None:
    BundleService(empty).take_in(bundle)
    with empty.reading() as reading:
        (company,) = reading.records("company")
    change(empty, "company", company["id"], name="続き")
    assert empty.store.check().faults == ()
