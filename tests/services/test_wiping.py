"""The end of a store whose device is out of its team: handed over first, then nothing is left on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.terms import TeamRole
from app.errors import OnlyHere, TeamThere
from app.paths import StoreFolder
from app.secrets import KeyRing
from app.services.attachments import AttachmentService
from app.services.blob_files import BlobFiles
from app.services.sharing import SharingService
from app.services.sharing_held_work import HeldWorkService
from app.services.store_door import StoreDoor
from app.workplace import Workplace
from tests.app_outside.fake_key_rings import WorkingRing
from tests.services.conftest import SteppingClock
from tests.services.records import change, put
from tests.services.stores import PASSPHRASE, make_store
from tests.services.teams import NewMember, joined


@pytest.fixture
def door(tmp_path: Path, clock: SteppingClock) -> StoreDoor:
    """Of the member's store, whose key a key ring keeps."""
    made = make_store(tmp_path / "mine", clock, "0198a2b4-0000-7000-8000-000000000077")
    door = StoreDoor(made.folder, clock=clock, key_ring=KeyRing(WorkingRing()))
    door.keep_key_in_ring(made.key)
    return door


@pytest.fixture
def first(new_member: NewMember, tmp_path: Path) -> Workplace:
    (tmp_path / "place").mkdir()
    workplace = new_member()
    SharingService(workplace).create(str(tmp_path / "place"), "佐藤")
    return workplace


def device_of(workplace: Workplace) -> str:
    return next(each.id for each in SharingService(workplace).overview().devices if each.is_own)


def test_words_and_files_are_handed_over_and_then_nothing_is_left(
    door: StoreDoor, first: Workplace, tmp_path: Path
) -> None:
    company = put(first, "company", name="北国工業")
    services = door.open_with_passphrase(PASSPHRASE)
    joined(first, services.place, [company], TeamRole.MEMBER)
    photo = tmp_path / "図面.bin"
    photo.write_bytes(b"1234" * 500)
    SharingService(first).remove_device(device_of(services.place))
    services.sharing.synchronise()
    change(services.place, "company", company, city="旭川")
    AttachmentService(services.place, BlobFiles(services.folder)).add(company, [photo])
    services.backups.make()
    with pytest.raises(OnlyHere):
        door.wipe(services)
    assert services.folder.database.exists()
    services.sharing.hand_over_rest()
    blobs = list((tmp_path / "place" / "b").rglob("*.osy"))
    assert len(blobs) == 1
    door.wipe(services)
    assert not services.folder.path.exists()
    SharingService(first).synchronise()
    (held,) = HeldWorkService(first).rows()
    HeldWorkService(first).accept([held.id])
    files = AttachmentService(first, BlobFiles(StoreFolder(first.store.path.parent)))
    (row,) = files.sheet(company).rows
    files.want([row.id])
    SharingService(first).synchronise()
    assert files.content(row.id) == photo.read_bytes()


def test_a_device_in_use_is_not_wiped(door: StoreDoor, first: Workplace) -> None:
    services = door.open_with_passphrase(PASSPHRASE)
    joined(first, services.place, [])
    for act in (services.sharing.hand_over_rest, lambda: door.wipe(services)):
        with pytest.raises(TeamThere):
            act()
    assert StoreFolder(services.folder.path).database.exists()
    door.close(services)
