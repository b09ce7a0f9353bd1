"""`banso search`: what is said, in words and as JSON, and that nothing 秘密 is told."""

from pathlib import Path

import pytest

from app.paths import StoreFolder
from app.services.stores import unlock
from tests.command_line.conftest import PASSPHRASE, Banso
from tests.services.records import line, put, session

SECRET = "焼入れ油は82度"


@pytest.fixture
def folder(practice: Path) -> Path:
    """The practice store with a company of its own."""
    with unlock(StoreFolder(practice)).opened() as place:
        company = put(place, "company", name="南国窯業㈱")
        visit = session(place, company, "2030-07-22T13:00")
        line(place, company, visit, "釉薬の配合は㈱東雲に見せない", mark="decision")
        line(place, company, visit, SECRET, is_secret=True)
    return practice


def test_what_is_found_is_said_with_day_and_company(banso: Banso, folder: Path) -> None:
    said = banso("search", "--store", folder, "配合", "株式会社東雲")
    assert said.exit_code == 0
    assert said.out == "2030/07/22(月)  南国窯業㈱  決定  釉薬の配合は㈱東雲に見せない\n"


def test_json_tells_ids_and_places(banso: Banso, folder: Path) -> None:
    facts = banso("search", "--store", folder, "釉薬", "--json").facts
    (hit,) = facts["hits"]
    assert (facts["count"], facts["names"]) == (1, [])
    assert (hit["kind"], hit["day"], hit["mark"], hit["spans"]) == (
        "note_line",
        "2030-07-22",
        "decision",
        [[0, 2]],
    )
    assert hit["company"] == "南国窯業㈱"


def test_names_come_first(banso: Banso, folder: Path) -> None:
    said = banso("search", "--store", folder, "ナンゴク", "南国")
    assert said.exit_code == 6
    said = banso("search", "--store", folder, "南国")
    assert said.out == "企業  南国窯業㈱\n"


@pytest.mark.parametrize("words", [[SECRET], ["焼入れ油"], ["82度", "--json"]])
def test_nothing_tells_of_a_secret_line(banso: Banso, folder: Path, words: list[str]) -> None:
    said = banso("search", "--store", folder, *words)
    none = banso("search", "--store", folder, "どこにもない言葉", *words[1:])
    assert (said.exit_code, said.out, said.err) == (none.exit_code, none.out, none.err)
    assert said.exit_code == 6
    assert "秘密の行はさがしていません" in said.err


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--company", "南国"], 1),
        (["--company", "北国精密"], 0),
        (["--kind", "課題"], 0),
        (["--kind", "note_line", "--mark", "決定"], 1),
        (["--mark", "事実"], 0),
        (["--from", "R12.7.22", "--to", "2030/7/22"], 1),
        (["--from", "2030/7/23"], 0),
    ],
)
def test_options_narrow_the_search(banso: Banso, folder: Path, options: list[str], found: int) -> None:
    said = banso("search", "--store", folder, "釉薬", *options, "--json")
    assert said.facts["count"] == len(said.facts["hits"]) == found
    assert said.exit_code == (0 if found else 6)


def test_the_limit_leaves_the_newest_and_says_how_many_there_are(banso: Banso, practice: Path) -> None:
    everything = banso("search", "--store", practice, "の", "--limit", "5000", "--json").facts
    some = banso("search", "--store", practice, "の", "--limit", "3")
    names = len(everything["names"])
    assert everything["count"] == len(everything["hits"]) > 50
    assert len(some.out.splitlines()) == names + 3
    assert f"{everything['count']:,}件のうち新しい 3件です。" in some.err


@pytest.mark.parametrize(
    "words", [["　"], ["治具", "--limit", "0"], ["治具", "--kind", "会議"], ["治具", "--from", "いつか"], []]
)
def test_what_cannot_be_followed_is_told(banso: Banso, practice: Path, words: list[str]) -> None:
    assert banso("search", "--store", practice, *words).exit_code == 2


def test_it_opens_with_the_passphrase_and_finds_nothing_in_an_empty_store(banso: Banso, store: Path) -> None:
    said = banso("search", "治具", "--store", store, "--passphrase-stdin", typed=PASSPHRASE + "\n")
    assert said.exit_code == 6
    assert said.err == "見つかりません。秘密の行はさがしていません。\n"


def test_check_tells_an_index_that_differs_and_the_next_opening_mends(banso: Banso, practice: Path) -> None:
    with unlock(StoreFolder(practice)).opened() as place, place.store.writing_raw() as connection:
        connection.exec_driver_sql("DELETE FROM search_text WHERE rowid=(SELECT max(no) FROM search_item)")
    said = banso("check", "--store", practice)
    assert said.exit_code == 3
    assert "さがすための索引: 1件が合いません（もとの記録は無事です。次に開くときに作り直します）" in said.out
    assert "banso restore" not in said.out
    assert banso("check", "--store", practice).exit_code == 0
