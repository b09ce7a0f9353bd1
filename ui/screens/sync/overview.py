"""同期: how things are, what is asked, what waits, and of whom something last arrived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.errors import PlaceEmptied
from app.rows.sharing import SharingState, UnsharedRow
from ui.background_rounds import RoundsState
from ui.screens.sync import entries
from ui.sharing_news import TRIED_AGAIN, step_of, trouble_of
from ui.theme.fonts import Role
from ui.widgets.block_page import BlockPage
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column
from ui.widgets.message_bar import MessageBar
from ui.widgets.row_list import RowList
from ui.widgets.texts import Text

_REFILL = "この端末の内容で満たす"


class SyncOverview(QWidget):
    """`question_opened` and `record_opened` carry keys of rows; `refill_asked`: an empty place is meant."""

    question_opened = Signal(str)
    record_opened = Signal(str)
    merged_asked = Signal()
    refill_asked = Signal()
    team_asked = Signal()
    step_asked = Signal(object)
    """The Route that a message leads to."""
    again_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("同期")
        self._trouble = MessageBar()
        self._trouble.acted_otherwise.connect(self.refill_asked)
        self._trouble.acted.connect(self._act)
        self._standing = RowList(name="共有の様子", indent=8)
        self._questions = RowList(name="確認が必要な変更", indent=8, opens_on_click=True)
        self._unshared = RowList(name="未送信", indent=8, opens_on_click=True)
        self._devices = RowList(name="ほかの端末", indent=8)
        self._question_count, self._unshared_count = (Text("", Role.TABLE, "sub") for _ in range(2))
        self._connect()
        self._begin = Button("チームを作る・招待を受ける", icon="people")
        self._begin.clicked.connect(self.team_asked)
        words = "まだこの端末だけで使っています", "困ることはありません。"
        self._alone = EmptyState(*words, (self._begin,))
        self._arrange()
        self.setFocusProxy(self._begin)

    def show_state(
        self,
        state: SharingState | None,
        rounds: RoundsState,
        unshared: Sequence[UnsharedRow],
        now: datetime,
        *,
        is_online: bool,
    ) -> None:
        """Show everything; `state` is None without a team."""
        self._layers.setCurrentWidget(self._alone if state is None else self._page)
        self.setFocusProxy(self._begin if state is None else self._standing)
        if state is None:
            self._trouble.hide()
            return
        self._standing.show_entries(entries.standing(state, rounds, now, is_online=is_online))
        self._questions.show_entries(entries.questions(state.questions))
        self._unshared.show_entries(entries.unshared(unshared, state.unshared_count))
        self._devices.show_entries(entries.devices(state, now))
        self._question_count.setText(f"{state.question_count}件" if state.question_count else "")
        self._unshared_count.setText(f"{state.unshared_count}件" if state.unshared_count else "")
        self._tell(rounds, state)

    def _tell(self, rounds: RoundsState, state: SharingState) -> None:
        """What waiting does not mend is told in three parts."""
        told = trouble_of(state, rounds)
        if told is None:
            self._trouble.hide()
            return
        if step_of(told.code) is None and told.code not in TRIED_AGAIN:
            told = replace(told, action="")
        if self._trouble.message != told or self._trouble.isHidden():
            other = _REFILL if told.code == PlaceEmptied.code else ""
            self._trouble.tell(told, can_close=False, other=other)

    def _act(self) -> None:
        step = step_of(self._trouble.message.code)
        if step is not None:
            self.step_asked.emit(step)
        else:
            self.again_asked.emit()

    def _connect(self) -> None:
        self._questions.opened.connect(self.question_opened)
        self._unshared.opened.connect(self.record_opened)
        self._questions.show_when_empty(
            EmptyState("確認が必要な変更はありません", "同じ所を二人が直したときに、ここに並びます。")
        )
        self._unshared.show_when_empty(EmptyState("未送信はありません", ""))
        self._devices.show_when_empty(EmptyState("ほかの端末からは、まだ何も届いていません", ""))

    def _arrange(self) -> None:
        blocks = (
            _block("共有の様子", self._standing),
            _block("確認が必要な変更", self._questions, self._question_count),
            _block("未送信", self._unshared, self._unshared_count),
            _block("ほかの端末", self._devices),
        )
        self._page = QWidget()
        whole = column(self._page, spacing=0)
        whole.addWidget(self._trouble)
        whole.addWidget(BlockPage(blocks), 1)
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self._alone)
        self._layers.addWidget(self._page)


def _block(title: str, content: RowList, *heading: Text) -> Card:
    card = Card(title, *heading)
    card.add(content)
    return card
