import threading

from app.store_lock import holding
from tests.ui.program.house import House


def test_closing_leaves_no_thread_no_open_store_and_no_log_beside_it(house: House) -> None:
    before = set(threading.enumerate())
    house.make_store()
    house.start_and_open()
    assert (house.folder.path / "store.db-wal").exists()
    house.close()
    assert {thread for thread in threading.enumerate() if not thread.daemon} <= before
    assert {path.name for path in house.folder.path.iterdir()} >= {"store.db", "store.keys.json", "backups"}
    assert not [*house.folder.path.glob("store.db-*")]
    with holding(house.folder):
        pass
