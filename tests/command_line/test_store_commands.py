"""`banso demo`, `check`, `backup`, `restore`, `export` and `import`, and how they get their key."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app.clock import JAPAN
from app.domain.calendar import western_moment
from app.paths import StoreFolder
from app.services.stores import unlock
from app.store_lock import holding
from db import migrating
from db.migrating import schema_number
from tests.architecture.sources import ROOT
from tests.command_line.conftest import PASSPHRASE, Banso

KEYED = ["check", "backup", "export", "search"]


def asked(command: str, store: Path) -> list[str | Path]:
    more = {"export": ["--out", store.parent / "all.zip"], "search": ["治具"]}.get(command, [])
    return [command, "--store", store, *more]


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


# --- Keys


def test_a_practice_store_opens_by_itself(banso: Banso, practice: Path) -> None:
    assert banso("check", "--store", practice).exit_code == 0


@pytest.mark.parametrize("command", KEYED)
def test_the_passphrase_comes_from_standard_input(banso: Banso, store: Path, command: str) -> None:
    words = asked(command, store)
    said = banso(*words, "--passphrase-stdin", typed=f"{PASSPHRASE}\n")
    assert said.exit_code == (6 if command == "search" else 0)
    shutil.rmtree(store.parent / "home", ignore_errors=True)


@pytest.mark.parametrize("command", KEYED)
def test_a_wrong_passphrase_opens_nothing(banso: Banso, store: Path, command: str) -> None:
    said = banso(*asked(command, store), "--passphrase-stdin", typed="ちがう合言葉をいれた\n")
    assert (said.exit_code, said.out) == (5, "")
    assert "E-201" in said.err
    assert not (store.parent / "all.zip").exists()


@pytest.mark.parametrize(("typed", "told"), [("", "合言葉がありません"), ("\n", "合言葉がありません")])
def test_no_passphrase_at_all_is_wrong_use(banso: Banso, store: Path, typed: str, told: str) -> None:
    said = banso("check", "--store", store, "--passphrase-stdin", typed=typed)
    assert said.exit_code == 2
    assert told in said.err


def test_without_key_ring_the_way_in_is_told(banso: Banso, store: Path) -> None:
    said = banso("check", "--store", store, "--json")
    assert said.exit_code == 5
    assert "--passphrase-stdin" in said.err
    assert said.facts["exit_code"] == 5
    assert said.facts["refused"]["code"].startswith("keyring.")


def test_the_store_may_be_named_before_the_command_or_after_it(banso: Banso, practice: Path) -> None:
    before = banso("--store", practice, "check", "--json").facts
    assert before["log"]["records"] == banso("check", "--store", practice, "--json").facts["log"]["records"]


# --- Where there is no store


@pytest.mark.parametrize("command", KEYED)
def test_a_folder_without_a_store_stays_as_it_is(banso: Banso, tmp_path: Path, command: str) -> None:
    folder = tmp_path / "nothing"
    said = banso(*asked(command, folder))
    assert said.exit_code == 9
    assert "E-110" in said.err
    assert not folder.exists()


@pytest.mark.parametrize("command", KEYED)
def test_an_empty_store_file_is_never_filled(banso: Banso, practice: Path, command: str) -> None:
    (practice / "store.db").write_bytes(b"")
    said = banso(*asked(command, practice))
    assert said.exit_code == 3
    assert "E-118" in said.err
    assert (practice / "store.db").stat().st_size == 0


def test_a_missing_key_file_is_told_with_the_way_back(banso: Banso, practice: Path) -> None:
    (practice / "store.keys.json").unlink()
    (practice / "store.keys.copy.json").unlink()
    said = banso("check", "--store", practice)
    assert said.exit_code == 5
    assert "E-203" in said.err
    assert "banso restore --from newest --yes" in said.err


# --- demo


def test_demo_makes_the_practice_store_once_and_says_what_next(banso: Banso, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    first, second = (banso("demo", "--no-window", "--store", folder) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert f"練習用の記録を作りました: {folder}" in first.out
    assert f"練習用の記録があります: {folder}" in second.out
    assert f"banso check --store {folder}" in second.out


def test_demo_leaves_a_real_store_alone(banso: Banso, store: Path) -> None:
    before = (store / "store.db").read_bytes()
    said = banso("demo", "--no-window", "--store", store)
    assert said.exit_code == 9
    assert (store / "store.db").read_bytes() == before


# --- check


def test_check_says_what_a_sound_store_holds(banso: Banso, practice: Path) -> None:
    banso("backup", "--store", practice)
    said = banso("check", "--store", practice, "--json")
    assert said.exit_code == 0
    assert said.facts["sound"] is True
    assert said.facts["log"]["differing"] == 0
    assert said.facts["log"]["changes"] > said.facts["log"]["records"] > 1000
    assert [each["sound"] for each in said.facts["backups"]] == [True]


def test_the_newest_backup_is_told_in_the_time_that_the_window_shows(banso: Banso, practice: Path) -> None:
    banso("backup", "--store", practice)
    made = unlock(StoreFolder(practice), None).backups.rows()[0].made_at
    assert (
        f"（新しいものは {western_moment(made.astimezone(JAPAN))}）"
        in banso("check", "--store", practice).out
    )


def test_check_finds_a_damaged_page(banso: Banso, practice: Path) -> None:
    flip(practice / "store.db", 40 * 4096 + 50)
    said = banso("check", "--store", practice)
    assert said.exit_code == 3
    assert "か所に異常" in said.out
    assert "banso restore" in said.out


def test_check_finds_a_damaged_first_page_and_goes_on_to_the_backups(banso: Banso, practice: Path) -> None:
    banso("backup", "--store", practice)
    flip(practice / "store.db", 100)
    said = banso("check", "--store", practice, "--json")
    assert said.exit_code == 3
    assert said.facts["log"] is None
    assert [each["sound"] for each in said.facts["backups"]] == [True]


def test_check_finds_records_that_do_not_equal_the_log(banso: Banso, practice: Path) -> None:
    with unlock(StoreFolder(practice)).opened() as place, place.store.writing_raw() as connection:
        connection.exec_driver_sql("UPDATE company SET name='すりかえ' WHERE seq<=2")
    said = banso("check", "--store", practice)
    assert said.exit_code == 3
    assert "一覧の 2件が合いません（もとの記録は無事です）" in said.out


@pytest.mark.parametrize("command", ["export", "backup"])
def test_work_on_a_damaged_store_ends_with_the_way_back(banso: Banso, practice: Path, command: str) -> None:
    for page in range(1, (practice / "store.db").stat().st_size // 4096):
        flip(practice / "store.db", page * 4096 + 50)
    said = banso(*asked(command, practice))
    assert said.exit_code == 3
    assert "E-119" in said.err
    assert "banso restore --from newest --yes" in said.err
    assert not (practice.parent / "all.zip").exists()


def test_check_finds_a_damaged_backup(banso: Banso, practice: Path) -> None:
    made = Path(banso("backup", "--store", practice, "--json").facts["file"])
    flip(made, made.stat().st_size // 2)
    said = banso("check", "--store", practice)
    assert said.exit_code == 3
    assert f"開けない控え: {made}" in said.out


# --- backup and restore


def test_backup_and_restore_bring_the_day_back(banso: Banso, practice: Path) -> None:
    made = banso("backup", "--store", practice, "--json").facts
    (practice / "store.db").write_bytes(b"")
    said = banso("restore", "--store", practice, "--from", "newest", "--yes", "--json")
    assert said.exit_code == 0
    assert said.facts["restored_from"] == made["file"]
    assert Path(said.facts["kept_as"]).read_bytes() == b""
    assert banso("check", "--store", practice).exit_code == 0


def test_restore_asks_first(banso: Banso, practice: Path) -> None:
    made = banso("backup", "--store", practice, "--json").facts["file"]
    before = (practice / "store.db").read_bytes()
    said = banso("restore", "--store", practice, "--from", made)
    assert said.exit_code == 2
    assert f"{made} から戻します。よければ --yes" in said.err
    assert (practice / "store.db").read_bytes() == before


def test_restore_brings_single_items_back_and_leaves_the_rest(banso: Banso, practice: Path) -> None:
    banso("backup", "--store", practice)
    store = unlock(StoreFolder(practice))
    with store.opened() as place:
        with place.reading() as reading:
            company, other = reading.records("company")[:2]
        with place.action("直す", None) as work:
            work.save("company", company["id"], {"name": "消えた名前"})
            work.save("company", other["id"], {"name": "直した名前"})
    newest = ("restore", "--store", practice, "--from", "newest")
    listed = banso(*newest, "--list-items", "--json").facts["items"]
    assert {item["key"] for item in listed} == {f"company:{company['id']}", f"company:{other['id']}"}
    assert {item["changes"][0]["now"] for item in listed} == {"消えた名前", "直した名前"}
    said = banso(*newest, "--item", f"company:{company['id']}")
    assert (said.exit_code, "1件を戻しました" in said.out) == (0, True)
    left = banso(*newest, "--list-items").out
    assert f"company:{company['id']}" not in left
    assert f"company:{other['id']}  違う" in left
    assert banso(*newest, "--item", "all").exit_code == 0
    assert "違いはありません" in banso(*newest, "--list-items").out
    assert banso("check", "--store", practice).exit_code == 0


def test_single_items_wait_while_a_window_has_the_store_and_unknown_ones_are_wrong_use(
    banso: Banso, practice: Path
) -> None:
    banso("backup", "--store", practice)
    words = ("restore", "--store", practice, "--from", "newest", "--item", "company:1")
    assert banso(*words).exit_code == 2
    with holding(StoreFolder(practice)):
        assert banso(*words).exit_code == 4
        assert banso("restore", "--store", practice, "--from", "newest", "--list-items").exit_code == 0


def test_restore_brings_lost_keys_back_too(banso: Banso, practice: Path) -> None:
    banso("backup", "--store", practice)
    for lost in ("store.db", "store.keys.json", "store.keys.copy.json"):
        (practice / lost).unlink()
    assert banso("restore", "--store", practice, "--from", "newest", "--yes").exit_code == 0
    assert banso("check", "--store", practice).exit_code == 0


def test_restore_without_backups_is_told(banso: Banso, practice: Path) -> None:
    said = banso("restore", "--store", practice, "--from", "newest", "--yes")
    assert said.exit_code == 6
    assert "E-132" in said.err


def test_restore_refuses_what_is_no_backup_of_this_store(banso: Banso, practice: Path, store: Path) -> None:
    before = (practice / "store.db").read_bytes()
    other = banso("restore", "--store", practice, "--from", store / "store.db", "--yes")
    (store / "text.db").write_text("no backup", encoding="utf-8")
    none = banso("restore", "--store", practice, "--from", store / "missing.db", "--yes")
    assert (other.exit_code, none.exit_code) == (5, 3)
    assert (practice / "store.db").read_bytes() == before


@pytest.mark.parametrize("command", ["restore", "import"])
def test_what_needs_the_store_to_itself_waits_for_the_window_to_close(
    banso: Banso, practice: Path, command: str
) -> None:
    banso("backup", "--store", practice)
    banso("export", "--store", practice, "--out", practice / "all.zip")
    before = (practice / "store.db").read_bytes()
    words = {"restore": ["--from", "newest", "--yes"], "import": [practice / "all.zip"]}[command]
    with holding(StoreFolder(practice)):
        said = banso(command, "--store", practice, *words)
    assert said.exit_code == 4
    assert "E-112" in said.err
    assert (practice / "store.db").read_bytes() == before


@pytest.mark.parametrize("command", KEYED)
def test_what_only_reads_works_beside_an_open_window(banso: Banso, practice: Path, command: str) -> None:
    with holding(StoreFolder(practice)):
        assert banso(*asked(command, practice)).exit_code == 0


# --- export and import


def test_export_and_import_into_a_new_store_are_equal(banso: Banso, practice: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    out = banso("export", "--store", practice, "--out", first, "--include-secret", "--json").facts
    into = ["--store", tmp_path / "new", "--passphrase-stdin"]
    said = banso("import", first, *into, "--json", typed=f"{PASSPHRASE}\n")
    assert said.exit_code == 0
    assert len(said.facts["recovery_words"]) == 24
    assert (said.facts["records"], said.facts["changes"]) == (out["records"], out["changes"])
    again = banso("export", *into, "--out", second, "--include-secret", typed=PASSPHRASE)
    assert again.exit_code == 0
    with zipfile.ZipFile(first) as one, zipfile.ZipFile(second) as two:
        hashes = [json.loads(bundle.read("banso.json"))["hashes"] for bundle in (one, two)]
        assert one.namelist() == two.namelist()
    assert hashes[0] == hashes[1]
    assert banso("check", *into, typed=PASSPHRASE).exit_code == 0


def test_export_says_what_it_left_out_and_that_it_is_open(banso: Banso, practice: Path) -> None:
    said = banso("export", "--store", practice, "--out", practice / "all.zip")
    assert said.exit_code == 0
    assert "暗号化されていません" in said.err
    assert "秘密の行" in said.out


def test_export_never_replaces_a_file(banso: Banso, practice: Path) -> None:
    (practice / "all.zip").write_bytes(b"mine")
    said = banso("export", "--store", practice, "--out", practice / "all.zip")
    assert said.exit_code == 7
    assert (practice / "all.zip").read_bytes() == b"mine"


def test_import_goes_only_into_an_empty_store(banso: Banso, practice: Path) -> None:
    banso("export", "--store", practice, "--out", practice / "all.zip")
    said = banso("import", practice / "all.zip", "--store", practice)
    assert said.exit_code == 9
    assert "E-404" in said.err


def test_import_without_a_store_needs_a_passphrase_and_makes_nothing(
    banso: Banso, practice: Path, tmp_path: Path
) -> None:
    banso("export", "--store", practice, "--out", tmp_path / "all.zip")
    said = banso("import", tmp_path / "all.zip", "--store", tmp_path / "new")
    assert said.exit_code == 2
    assert "--passphrase-stdin" in said.err
    weak = banso(
        "import", tmp_path / "all.zip", "--store", tmp_path / "new", "--passphrase-stdin", typed="短い"
    )
    assert weak.exit_code == 2
    assert not (tmp_path / "new").exists()


def test_import_of_something_else_leaves_no_store_behind(banso: Banso, tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(b"PK no bundle")
    said = banso(
        "import", tmp_path / "all.zip", "--store", tmp_path / "new", "--passphrase-stdin", typed=PASSPHRASE
    )
    assert said.exit_code == 3
    assert "E-401" in said.err
    assert not (tmp_path / "new" / "store.db").exists()


# --- Stores that this program must leave alone


@pytest.mark.parametrize("command", KEYED)
def test_a_store_of_a_later_program_is_left_alone(banso: Banso, practice: Path, command: str) -> None:
    at_schema(practice, 999)
    before = (practice / "store.db").read_bytes()
    said = banso(*asked(command, practice))
    if command == "backup":
        assert said.exit_code == 0
        return
    assert said.exit_code == 8
    assert "E-113" in said.err
    assert (practice / "store.db").read_bytes() == before


def at_schema(store: Path, number: int) -> None:
    unlocked = unlock(StoreFolder(store))
    with unlocked.opened() as place, place.store.writing_raw() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version={number}")


def test_an_upgrade_needs_the_store_to_itself_and_backs_it_up_first(
    banso: Banso, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = schema_number() + 1
    known = (*migrating.steps(), (later, "CREATE TABLE later (seq INTEGER PRIMARY KEY);\n"))
    monkeypatch.setattr(migrating, "steps", lambda: known)
    with holding(StoreFolder(practice)):
        assert banso("check", "--store", practice).exit_code == 4
    said = banso("check", "--store", practice, "--json")
    assert said.exit_code == 0
    assert [each["sound"] for each in said.facts["backups"]] == [True]
    assert banso("check", "--store", practice, "--json").facts["backups"] == said.facts["backups"]


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive - 北国県", "マイドライブ"])
def test_no_store_is_begun_or_used_where_a_cloud_client_copies(
    banso: Banso, practice: Path, tmp_path: Path, name: str
) -> None:
    inside = tmp_path / name / "store"
    begun = banso("demo", "--no-window", "--store", inside)
    assert begun.exit_code == 7
    assert "E-114" in begun.err
    assert not inside.exists()
    inside.parent.mkdir()
    shutil.move(practice, inside)
    for command in KEYED:
        assert banso(*asked(command, inside)).exit_code == 7
    assert banso("restore", "--store", inside, "--from", inside / "store.db", "--yes").exit_code == 7


def test_the_key_of_another_store_is_told(banso: Banso, practice: Path, tmp_path: Path) -> None:
    banso("demo", "--no-window", "--store", tmp_path / "other")
    for name in ("store.keys.json", "store.keys.copy.json"):
        shutil.copyfile(tmp_path / "other" / name, practice / name)
    said = banso("check", "--store", practice)
    assert said.exit_code == 5
    assert "E-206" in said.err


HOLDER = """
import sys
from pathlib import Path
from app.paths import StoreFolder
from app.store_lock import holding
with holding(StoreFolder(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_another_process_that_holds_the_store_is_waited_out(banso: Banso, practice: Path) -> None:
    banso("backup", "--store", practice)
    words = ["restore", "--store", practice, "--from", "newest", "--yes"]
    held = subprocess.Popen(
        [sys.executable, "-c", HOLDER, practice], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert held.stdout is not None
    assert held.stdout.readline().strip() == b"held"
    said = banso(*words, "--json")
    held.communicate()
    assert said.exit_code == 4
    assert said.facts["refused"]["facts"] == {"process_id": held.pid}
    assert banso(*words).exit_code == 0
