"""`banso team` and `banso sync`: several stores on one machine agree through a folder."""

from pathlib import Path

import pytest

from app.bootstrap import create_store
from app.paths import StoreFolder
from app.services import sharing_versions
from app.services.sharing_standing import program
from app.services.stores import unlock
from app.sharing.rounds.sealing import Program
from app.store_keys import new_practice_keys
from app.store_lock import holding
from tests.command_line.conftest import Banso
from tests.services.records import put
from tests.services.stores import CHEAP


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


def names(store: Path) -> list[str]:
    with unlock(StoreFolder(store)).opened() as opened, opened.reading() as reading:
        return sorted(company["name"] for company in reading.records("company"))


def store_of(path: Path, number: int, company: str) -> Path:
    """The store of a member; as one for practice it opens by itself."""
    folder = StoreFolder(path)
    create_store(folder, new_practice_keys(f"0198a2b4-0000-7000-8000-{number:012}", cost=CHEAP))
    with unlock(folder).opened() as opened:
        put(opened, "company", name=company)
    return path


def test_two_stores_agree_through_a_folder(banso: Banso, tmp_path: Path, place: Path) -> None:
    first = store_of(tmp_path / "first", 1, "北国工業")
    second = store_of(tmp_path / "second", 2, "南国窯業")
    made = banso("team", "create", "--place", place, "--name", "佐藤", "--store", first, "--json")
    assert (made.exit_code, len(made.facts["recovery_words"])) == (0, 24)
    letter = tmp_path / "invitation.txt"
    assert banso("team", "invite", "--out", letter, "--store", first).exit_code == 0
    joined = banso("team", "join", letter, "--name", "伊藤", "--store", second)
    digits = joined.out.strip()
    assert "声で" in joined.err
    assert "承認を待っています" in banso("sync", "--store", second).out
    listed = banso("team", "list", "--store", first)
    assert f"加わりたい端末: 伊藤  {digits}" in listed.out
    approved = banso("team", "approve", digits, "--company", "北国工業", "--store", first)
    assert approved.out == "伊藤さんの端末をチーム員として加えました。\n"
    assert banso("sync", "--store", second).exit_code == 0
    assert "北国工業" in names(second)
    assert "南国窯業" not in names(first)
    assert "見る権限のない企業のもの" in banso("sync", "--store", first).out
    assert "使用中" in banso("team", "list", "--store", second).out


def test_what_a_stopped_device_had_not_sent_is_handed_over_and_accepted(
    banso: Banso, tmp_path: Path, place: Path
) -> None:
    first = store_of(tmp_path / "first", 1, "北国工業")
    second = store_of(tmp_path / "second", 2, "南国窯業")
    letter = tmp_path / "invitation.txt"
    banso("team", "create", "--place", place, "--name", "佐藤", "--store", first)
    banso("team", "invite", "--out", letter, "--store", first)
    digits = banso("team", "join", letter, "--name", "伊藤", "--store", second).out.strip()
    banso("team", "approve", digits, "--store", first)
    assert "預かりはありません" in banso("team", "deposits", "--store", first).out
    banso("team", "stop", "伊藤", "--yes", "--store", first)
    told = banso("sync", "--store", second)
    assert "預かりとして管理者に渡しました" in told.out
    assert "渡した" in banso("team", "deposits", "--store", second).out
    assert "管理者の判断を待っています" in banso("sync", "--store", first).out
    (parcel,) = banso("team", "deposits", "--store", first, "--json").facts["held"]
    assert (parcel["device"], parcel["lines"]) == ("伊藤", ["企業 企業名: 南国窯業"])
    assert "見送りました" in banso("team", "decline", parcel["id"], "--store", first).out
    assert "見送り" in banso("team", "deposits", "--store", first).out
    assert "受け入れました" in banso("team", "accept", parcel["id"][:8], "--store", first).out
    assert names(first) == ["北国工業", "南国窯業"]
    assert "受け入れ済み" in banso("team", "deposits", "--store", first).out
    assert banso("team", "accept", "ff" * 32, "--store", first).exit_code != 0


@pytest.mark.parametrize("act", ["create", "join"])
def test_nobody_becomes_another_device_beside_an_open_window(
    banso: Banso, tmp_path: Path, place: Path, act: str
) -> None:
    store = store_of(tmp_path / "store", 1, "北国工業")
    letter = tmp_path / "invitation.txt"
    letter.write_text("BANSO1:", encoding="ascii")
    own = ("--place", place) if act == "create" else (letter,)
    with holding(StoreFolder(store)):
        refused = banso("team", act, *own, "--name", "佐藤", "--store", store)
    assert refused.exit_code == 4
    assert list(place.iterdir()) == []


def test_what_one_wrote_reaches_the_other_by_files(banso: Banso, tmp_path: Path, place: Path) -> None:
    first = store_of(tmp_path / "first", 1, "北国工業")
    second = store_of(tmp_path / "second", 2, "南国窯業")
    banso("team", "create", "--place", place, "--name", "佐藤", "--store", first)
    letter = tmp_path / "invitation.txt"
    banso("team", "invite", "--out", letter, "--store", first)
    digits = banso("team", "join", letter, "--name", "伊藤", "--store", second).out.strip()
    banso("team", "approve", digits, "--all", "--store", first)
    stick, paper = tmp_path / "stick", tmp_path / "record.pdf"
    words = ("carry", "out", "--to", "伊藤様", "--out", stick, "--store", first)
    done = banso(*words, "--paper", paper, "--json")
    assert (done.exit_code, done.facts["receiver"], len(done.facts["files"])) == (0, "伊藤様", 1)
    assert paper.read_bytes().startswith(b"%PDF")
    taken = banso("carry", "in", stick, "--store", second)
    assert "佐藤さんの端末から" in taken.out
    assert names(second) == ["北国工業", "南国窯業"]
    assert banso(*words, "--since-last").exit_code == 0
    assert banso(*words, "--lacking", "伊藤").exit_code == 0
    assert banso(*words, "--lacking", "いない").exit_code == 2
    assert banso("carry", "in", letter, "--store", second).exit_code == 3
    assert (
        banso("carry", "out", "--to", "加藤様", "--since-last", "--out", stick, "--store", first).exit_code
        == 2
    )


def team_of_two(banso: Banso, tmp_path: Path, place: Path) -> tuple[Path, Path, list[str]]:
    """Stores of 佐藤 and 伊藤, who sees nothing yet, and the words of the sheet."""
    first = store_of(tmp_path / "first", 1, "北国工業")
    second = store_of(tmp_path / "second", 2, "南国窯業")
    made = banso("team", "create", "--place", place, "--name", "佐藤", "--store", first, "--json")
    letter = tmp_path / "invitation.txt"
    banso("team", "invite", "--out", letter, "--store", first)
    digits = banso("team", "join", letter, "--name", "伊藤", "--store", second).out.strip()
    banso("team", "approve", digits, "--store", first)
    banso("sync", "--store", second)
    return first, second, made.facts["recovery_words"]


def test_rights_are_given_and_taken_by_a_script(banso: Banso, tmp_path: Path, place: Path) -> None:
    first, second, _ = team_of_two(banso, tmp_path, place)
    given = banso("team", "give", "伊藤", "--company", "北国工業", "--store", first, "--json")
    assert given.facts == {"name": "伊藤", "fault": ""}
    banso("sync", "--store", second)
    assert names(second) == ["北国工業", "南国窯業"]
    assert banso("team", "withdraw", "伊藤", "--company", "北国工業", "--store", first).exit_code == 0
    assert banso("team", "role", "伊藤", "閲覧", "--store", first).out == "伊藤さんの端末を閲覧にしました。\n"
    refused = banso("team", "role", "佐藤", "チーム員", "--store", first)
    assert (refused.exit_code, "E-737" in refused.err) == (11, True)


def test_wrong_digits_let_nobody_in(banso: Banso, tmp_path: Path, place: Path) -> None:
    first = store_of(tmp_path / "first", 1, "北国工業")
    banso("team", "create", "--place", place, "--name", "佐藤", "--store", first)
    refused = banso("team", "approve", "1234 5678 9012 3456 7890", "--store", first)
    assert (refused.exit_code, "E-744" in refused.err) == (11, True)
    assert "だれも加えていません" in refused.err


def test_a_device_is_stopped_found_and_taken_out_by_a_script(
    banso: Banso, tmp_path: Path, place: Path
) -> None:
    first, _, _ = team_of_two(banso, tmp_path, place)
    assert banso("team", "stop", "伊藤", "--store", first).exit_code == 2
    stopped = banso("team", "stop", "伊藤", "--reason", "置き忘れ", "--yes", "--store", first)
    assert "遠くから消せません" in stopped.out
    listed = banso("team", "list", "--store", first, "--json").facts
    assert [each["reason"] for each in listed["devices"] if each["name"] == "伊藤"] == ["置き忘れ"]
    assert banso("team", "lift", "伊藤", "--store", first).exit_code == 0
    assert banso("team", "lift", "伊藤", "--store", first).exit_code == 11
    assert banso("team", "remove", "伊藤", "--yes", "--store", first).exit_code == 0
    assert "外れた端末" in banso("team", "list", "--store", first).out


def test_an_act_counts_though_the_place_is_away_and_the_exit_code_says_so(
    banso: Banso, tmp_path: Path, place: Path
) -> None:
    first, _, _ = team_of_two(banso, tmp_path, place)
    place.rename(tmp_path / "away")
    stopped = banso("team", "stop", "伊藤", "--yes", "--store", first)
    assert (stopped.exit_code, "伝えます" in stopped.err) == (10, True)


def test_leaving_moving_and_recovering_by_a_script(banso: Banso, tmp_path: Path, place: Path) -> None:
    first, second, words = team_of_two(banso, tmp_path, place)
    other = tmp_path / "other"
    other.mkdir()
    moved = banso("team", "move", "--place", other, "--store", first)
    assert moved.out.startswith("BANSO1:")
    assert banso("team", "move", "--place", other, "--store", second).exit_code == 0
    assert banso("team", "leave", "--yes", "--store", second).exit_code == 0
    assert banso("team", "leave", "--yes", "--store", first).exit_code == 11
    spare = store_of(tmp_path / "spare", 3, "西国織物")
    recovered = banso(
        *("team", "recover", "--place", other, "--name", "鈴木", "--replace", "--store", spare),
        typed="\n".join(words),
    )
    assert recovered.exit_code == 0
    assert names(spare) == ["北国工業", "南国窯業", "西国織物"]
    assert banso("sync", "--store", first).out.count("止められています") == 1


def test_an_administrator_says_from_which_version_on_programs_may_send(
    banso: Banso, tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, _ = team_of_two(banso, tmp_path, place)
    own = program()
    monkeypatch.setattr(sharing_versions, "program", lambda: Program("0.2.0", own.schema + 1))
    assert banso("team", "require", "0.2.0", "--store", second).exit_code == 11
    unknown = banso("team", "require", "0.3.0", "--store", first)
    assert (unknown.exit_code, "E-788" in unknown.err) == (11, True)
    assert "版 0.2.0 から送れます。" in banso("team", "require", "0.2.0", "--store", first).out
    assert banso("team", "require", "--store", first).out.startswith("版 0.2.0 から送れます。")
    monkeypatch.undo()
    told = banso("sync", "--store", second, "--json").facts
    assert (told["is_too_old"], told["least_app"]) == (True, "0.2.0")


def test_a_store_without_a_team_says_so(banso: Banso, tmp_path: Path) -> None:
    alone = store_of(tmp_path / "alone", 1, "北国工業")
    assert banso("team", "list", "--store", alone).exit_code == 11
