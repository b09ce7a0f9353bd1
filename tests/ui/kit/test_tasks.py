"""Work off the window's thread comes back on it, and to living receivers only."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from app.changes import ChangeFeed, Changes
from ui.feed_bridge import FeedBridge
from ui.tasks import TaskRunner, Ticket


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def take(self, answer: object) -> None:
        self.heard.append((answer, threading.current_thread() is threading.main_thread()))

    def take_named(self, name: str, answer: object) -> None:
        self.heard.append((name, answer))


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()


def thread_name(_ticket: Ticket) -> str:
    return threading.current_thread().name


def refuse(_ticket: Ticket) -> None:
    raise ValueError("no")


def test_an_answer_comes_back_on_the_windows_thread(tasks: TaskRunner, qtbot: QtBot) -> None:
    listener = Listener()
    tasks.run(thread_name, listener.take)
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert listener.heard == [("store_0", True)]


def test_store_work_runs_in_order_on_one_thread(tasks: TaskRunner, qtbot: QtBot) -> None:
    listener = Listener()
    for number in range(20):
        tasks.run(lambda _, number=number: (number, threading.current_thread().name), listener.take)
    qtbot.waitUntil(lambda: len(listener.heard) == 20)
    assert [answer for answer, _ in listener.heard] == [(number, "store_0") for number in range(20)]


def test_side_work_does_not_wait_for_the_store(tasks: TaskRunner, qtbot: QtBot) -> None:
    gate, listener = threading.Event(), Listener()
    tasks.run(lambda _: gate.wait(5))
    tasks.run(thread_name, listener.take, side=True)
    qtbot.waitUntil(lambda: bool(listener.heard))
    gate.set()
    assert str(listener.heard[0]).startswith("('side")


def test_a_cancelled_ticket_never_calls_back(tasks: TaskRunner, qtbot: QtBot) -> None:
    listener, other = Listener(), Listener()
    tasks.run(thread_name, listener.take).cancel()
    tasks.run(thread_name, other.take)
    qtbot.waitUntil(lambda: bool(other.heard))
    assert listener.heard == []


def test_a_failure_goes_to_who_asked_or_to_the_window(tasks: TaskRunner, qtbot: QtBot) -> None:
    listener, window = Listener(), Listener()
    tasks.failed_unheard.connect(window.take)
    tasks.run(refuse, failed=listener.take)
    tasks.run(refuse, listener.take)
    qtbot.waitUntil(lambda: bool(listener.heard and window.heard))
    assert isinstance(listener.heard[0][0], ValueError)  # type: ignore[index]
    assert len(window.heard) == 1


def test_a_deleted_receiver_is_not_called(tasks: TaskRunner, qtbot: QtBot) -> None:
    gate, gone, other = threading.Event(), Listener(), Listener()
    tasks.run(lambda _: gate.wait(5), gone.take)
    tasks.run(thread_name, partial(gone.take_named, "second"))
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete.value)
    gate.set()
    tasks.run(thread_name, partial(other.take_named, "third"))
    qtbot.waitUntil(lambda: bool(other.heard))
    assert (gone.heard, other.heard) == ([], [("third", "store_0")])


def test_a_failure_whose_receiver_is_gone_goes_to_the_window(tasks: TaskRunner, qtbot: QtBot) -> None:
    gate, gone, window = threading.Event(), Listener(), Listener()
    tasks.failed_unheard.connect(window.take)
    tasks.run(lambda _: gate.wait(5))
    tasks.run(refuse, failed=gone.take)
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete.value)
    gate.set()
    qtbot.waitUntil(lambda: bool(window.heard))
    assert (len(window.heard), gone.heard) == (1, [])


def test_a_receiver_is_not_kept_alive(tasks: TaskRunner, qtbot: QtBot) -> None:
    import weakref

    gate = threading.Event()
    listener = Listener()
    watched = weakref.ref(listener)
    tasks.run(lambda _: gate.wait(5), listener.take)
    tasks.run(thread_name, partial(listener.take_named, "second"))
    del listener
    assert watched() is None
    gate.set()


def test_changes_of_another_thread_arrive_on_the_windows_thread(qtbot: QtBot) -> None:
    feed = ChangeFeed()
    bridge, listener = FeedBridge(feed), Listener()
    bridge.touched.connect(listener.take)
    changes = Changes(frozenset({("company", "c1")}))
    publisher = threading.Thread(target=feed.publish, args=(changes,))
    publisher.start()
    publisher.join()
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert listener.heard == [(changes, True)]
    bridge.close()
    feed.publish(changes)
    assert len(listener.heard) == 1


def test_nobody_is_called_back_after_the_end(tasks: TaskRunner) -> None:
    listener = Listener()
    tasks.run(thread_name, listener.take)
    tasks.close()
    QCoreApplication.processEvents()
    assert listener.heard == []
