"""`banso conflicts`, and two practice devices made by one command."""

from pathlib import Path

from app.paths import StoreFolder
from app.services.conflicts import ConflictService
from app.services.practice_pair import pair_at
from app.services.stores import unlock
from tests.command_line.conftest import Banso
from tests.command_line.test_sharing import store_of
from tests.services.records import change, stored


def test_a_store_without_questions_says_so(banso: Banso, tmp_path: Path) -> None:
    store = store_of(tmp_path / "first", 1, "北国工業")
    listed = banso("conflicts", "--store", store)
    assert (listed.exit_code, listed.out) == (0, "確認が必要な変更はありません。\n")


def test_a_question_between_two_practice_devices_is_listed_and_decided(banso: Banso, tmp_path: Path) -> None:
    made = banso("demo", "--two", "--no-window", "--store", tmp_path / "region", "--json")
    assert made.exit_code == 0
    pair = pair_at(tmp_path / "region-2")
    assert made.facts["stores"] == [str(pair.first.path), str(pair.second.path)]
    company = ""
    for folder, name in ((pair.first, "あ工業"), (pair.second, "い工業")):
        with unlock(folder).opened() as place:
            with place.reading() as reading:
                company = str(reading.records("company", order=("id",))[0]["id"])
            change(place, "company", company, name=name)
    for folder in (pair.first, pair.second, pair.first):
        assert banso("sync", "--store", folder.path).exit_code == 0
    key = f"company:{company}:name"
    listed = banso("conflicts", "--store", pair.first.path, "--json")
    (found,) = listed.facts["conflicts"]
    assert (found["key"], {side["words"] for side in found["sides"]}) == (key, {"あ工業", "い工業"})
    wrong = banso("conflicts", "--decide", key, "--take", "9", "--store", pair.first.path)
    assert (wrong.exit_code, "次から選べます: 1、2" in wrong.err) == (2, True)
    decided = banso(
        "conflicts", "--decide", key, "--take", "2", "--reason", "登記", "--store", pair.first.path
    )
    assert decided.exit_code == 0
    with unlock(StoreFolder(pair.first.path)).opened() as place:
        assert ConflictService(place).rows() == ()
        assert stored(place, "company", company)["name"] == found["sides"][1]["words"]
    again = banso("demo", "--two", "--no-window", "--store", tmp_path / "region", "--json")
    assert again.facts["made"] is False
