"""The change feed as a Qt signal on the window's thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from app.changes import ChangeFeed, Changes


class FeedBridge(QObject):
    """`touched` carries what a finished action changed, whichever thread published it."""

    touched = Signal(object)
    _published = Signal(object)

    def __init__(self, feed: ChangeFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._published.connect(self.touched, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = feed.subscribe(self._publish)

    def close(self) -> None:
        """Listen no longer."""
        self._unsubscribe()

    def _publish(self, changes: Changes) -> None:
        self._published.emit(changes)
