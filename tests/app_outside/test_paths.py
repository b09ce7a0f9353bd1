import os
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from app.cloud_folders import cloud_client_by_name, cloud_client_of
from app.durable_files import write_durably
from app.paths import StoreFolder, user_folders


def test_one_variable_moves_all_folders(tmp_path: Path) -> None:
    folders = user_folders({"BANSO_HOME": str(tmp_path)})
    assert {folders.data.parent, folders.settings.parent, folders.logs.parent} == {tmp_path}
    assert folders.store != folders.practice_store


def test_without_the_variable_the_folders_are_the_users_own() -> None:
    folders = user_folders({})
    assert all(path.is_relative_to(Path.home()) for path in (folders.data, folders.settings, folders.logs))
    assert "Banso" in str(folders.data)


def test_every_file_of_a_store_lies_in_its_folder(tmp_path: Path) -> None:
    store = StoreFolder(tmp_path)
    files = [store.database, store.keys, store.keys_copy, store.wrong_passphrases, store.lock, store.holder]
    assert {path.parent for path in [*files, store.backups]} == {tmp_path}
    assert len(set(files)) == 6


@pytest.mark.parametrize(
    ("path", "client"),
    [
        (PureWindowsPath(r"C:\Users\suzuki\OneDrive\Banso"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\suzuki\OneDrive - 北国県\デスクトップ\Banso"), "OneDrive"),
        (PurePosixPath("/Users/suzuki/Library/CloudStorage/OneDrive-Personal/Banso"), "OneDrive"),
        (PureWindowsPath(r"D:\Dropbox (北国県)\Banso"), "Dropbox"),
        (PurePosixPath("/Users/suzuki/Library/CloudStorage/Dropbox/Banso"), "Dropbox"),
        (PureWindowsPath(r"C:\Users\suzuki\Box\Banso"), "Box"),
        (PurePosixPath("/Users/suzuki/Library/CloudStorage/Box-Box/Banso"), "Box"),
        (PurePosixPath("/home/suzuki/Box Sync/Banso"), "Box"),
        (PureWindowsPath(r"G:\マイドライブ\Banso"), "Google ドライブ"),
        (PureWindowsPath(r"G:\My Drive\Banso"), "Google ドライブ"),
        (PurePosixPath("/Users/s/Library/CloudStorage/GoogleDrive-s@example.jp/Banso"), "Google ドライブ"),
        (PurePosixPath("/Users/s/Library/Mobile Documents/com~apple~CloudDocs/Banso"), "iCloud Drive"),
        (PureWindowsPath(r"C:\Users\suzuki\iCloudDrive\Banso"), "iCloud Drive"),
        (PurePosixPath("/home/suzuki/Nextcloud/Banso"), "Nextcloud"),
        (PureWindowsPath(r"C:\Users\suzuki\Documents\Banso"), None),
        (PureWindowsPath(r"C:\work\box\Banso"), None),
        (PurePosixPath("/home/suzuki/projects/box/Banso"), None),
        (PurePosixPath("/home/suzuki/dropboxer/Banso"), None),
        (PurePosixPath("/home/suzuki/.local/share/Banso"), None),
    ],
    ids=str,
)
def test_a_cloud_clients_folder_is_known_by_its_name(
    path: PureWindowsPath | PurePosixPath, client: str | None
) -> None:
    assert cloud_client_by_name(path) == client


@pytest.mark.parametrize(
    ("marker", "client"),
    [
        (".dropbox.cache", "Dropbox"),
        (".tmp.drivedownload", "Google ドライブ"),
        (".sync_0a1b2c.db", "Nextcloud"),
        ("._sync_0a1b2c.db", "Nextcloud"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    ],
)
def test_a_renamed_cloud_folder_is_known_by_what_the_client_leaves_in_it(
    tmp_path: Path, marker: str, client: str
) -> None:
    (tmp_path / marker).touch()
    assert cloud_client_of(tmp_path / "deep" / "store", environ={}) == client


def test_onedrive_is_known_by_its_variable(tmp_path: Path) -> None:
    told = {"OneDriveCommercial": str(tmp_path / "仕事"), "OneDrive": ""}
    assert cloud_client_of(tmp_path / "仕事" / "store", told) == "OneDrive"
    assert cloud_client_of(tmp_path / "別" / "store", told) is None


def test_a_link_into_a_cloud_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "here").symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    assert cloud_client_of(tmp_path / "here" / "store", environ={}) == "Dropbox"


def test_an_ordinary_folder_belongs_to_no_client(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()  # the client's own settings stand in every user's home
    assert cloud_client_of(tmp_path / "store", environ={}) is None


def test_a_durable_write_replaces_the_whole_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_durably(path, b"long old content")
    write_durably(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_a_durable_file_is_the_owners_alone(tmp_path: Path) -> None:
    write_durably(tmp_path / "keys.json", b"")
    assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_durable_write_that_stops_half_way_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "keys.json"
    write_durably(path, b"old")

    def stops(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if step == "fsync" else Path, step, stops)
    with pytest.raises(OSError, match="No space"):
        write_durably(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
