"""The left bar: places, チーム and 設定 at the foot; narrow windows show icons with a short word."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.navigation import BAR_PLACES, PLACE_ICONS, PLACE_WORDS, Place
from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.theme import theme
from ui.widgets.key_button import KeyButton
from ui.widgets.layouts import column
from ui.widgets.texts import Text

WIDTH, WIDE_WIDTH, COMPACT_WIDTH, TOUCH_COMPACT_WIDTH = 176, 200, 56, 64
_SHORT_ENOUGH = 3
TEAM_HEIGHT, COMPACT_GAP, ITEM_HEIGHT, COMPACT_ITEM_HEIGHT = 92, 8, 36, 48
_FOOT_BEGINS = Place.SYNC


class LeftBar(QWidget):
    """`chosen` carries the place a person pressed."""

    spoken_role = QAccessible.Role.PageTabList
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "surface2")
        self.setProperty("edge", "right")
        self.setAccessibleName("場所")
        self._is_compact = False
        self._width = WIDTH
        self._team = _TeamBlock()
        self._gap = QWidget()
        self._layout = column(self, spacing=2, margins=(8, 0, 9, 8))
        for part in (self._team, self._gap):
            self._layout.addWidget(part)
        self._items: dict[Place, _PlaceButton] = {place: _PlaceButton(place) for place in BAR_PLACES}
        for place, item in self._items.items():
            if place is _FOOT_BEGINS:
                self._layout.addStretch(1)
            self._layout.addWidget(item)
            item.clicked.connect(self._pressed)
        self.mark_place(Place.TODAY)
        theme().changed.connect(self._measure)
        self._measure()

    def show_team(self, name: str, year: str, people: str) -> None:
        """The region, its 年度 in words, and who works here."""
        self._team.show_words(name, year, people)

    def show_count(self, place: Place, count: str) -> None:
        """The figure behind a place's word; "" for none."""
        self._items[place].show_count(count)

    def mark_place(self, place: Place) -> None:
        """Mark where one is; nothing for a place that does not stand here. Tab finds that, else the first."""
        reached = place if place in self._items else BAR_PLACES[0]
        for known, item in self._items.items():
            item.setChecked(known is place)
            policy = Qt.FocusPolicy.TabFocus if known is reached else Qt.FocusPolicy.NoFocus
            item.setFocusPolicy(policy)

    def arrange(self, *, compact: bool, wide: bool) -> None:
        """176 with words, 200 in a wide window, 56 with icons in a narrow one."""
        self._is_compact = compact
        self._width = self._compact_width() if compact else WIDE_WIDTH if wide else WIDTH
        self._measure()

    def _compact_width(self) -> int:
        return TOUCH_COMPACT_WIDTH if theme().metrics.for_fingers else COMPACT_WIDTH

    def step(self, by: int) -> None:
        """Move the choice up or down, from the last place on to the first."""
        places = list(self._items)
        nowhere = -1 if by > 0 else 0
        marked = (index for index, place in enumerate(places) if self._items[place].isChecked())
        at = next(marked, nowhere)
        self.chosen.emit(places[(at + by) % len(places)])

    def _measure(self) -> None:
        self.setFixedWidth(theme().px(self._width))
        self._team.setFixedHeight(theme().px(TEAM_HEIGHT))
        self._gap.setVisible(self._is_compact)
        self._gap.setFixedHeight(theme().px(COMPACT_GAP))
        for item in self._items.values():
            item.set_compact(self._is_compact)
        self._give_room()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """The places have room before the team's words: a keyboard on the screen may take the height."""
        self._give_room()

    def _give_room(self) -> None:
        places = sum(item.sizeHint().height() + self._layout.spacing() for item in self._items.values())
        needed = self._team.height() + places + self._layout.contentsMargins().bottom()
        self._team.setVisible(not self._is_compact and self.height() >= needed)

    def _pressed(self) -> None:
        item = self.sender()
        if isinstance(item, _PlaceButton):
            self.mark_place(item.place)
            self.chosen.emit(item.place)


class _TeamBlock(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._name = Text("", Role.SECTION, elide=True)
        self._year = Text("", Role.CAPTION, "sub", elide=True)
        self._people = Text("", Role.CAPTION, "sub", elide=True)
        layout = column(self, spacing=0, margins=(8, 12, 8, 0))
        for line in (self._name, self._year, self._people):
            layout.addWidget(line)
        layout.addStretch(1)

    def show_words(self, name: str, year: str, people: str) -> None:
        self._name.setText(name)
        self._year.setText(year)
        self._people.setText(people)


class _PlaceButton(KeyButton):
    spoken_role = QAccessible.Role.PageTab

    def __init__(self, place: Place) -> None:
        super().__init__(PLACE_WORDS[place])
        self.place = place
        self._count = ""
        self._is_compact = False
        self.setCheckable(True)
        self.setProperty("ring", "inside")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_count(self, count: str) -> None:
        self._count = count
        self.setAccessibleName(f"{PLACE_WORDS[self.place]} {count}".strip())
        self.update()

    def set_compact(self, compact: bool) -> None:
        self._is_compact = compact
        self.setToolTip(PLACE_WORDS[self.place] if compact else "")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        height = COMPACT_ITEM_HEIGHT if self._is_compact else ITEM_HEIGHT
        return QSize(theme().target(38), theme().target(height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        bar = self.parentWidget()
        if event.key() in step and isinstance(bar, LeftBar):
            bar.step(step[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, px = theme().tokens, theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(tokens.surface)
            painter.drawRoundedRect(QRectF(self.rect()), px(6), px(6))
            painter.setBrush(tokens.primary)
            bar = px(20)
            painter.drawRoundedRect(QRectF(0, (self.height() - bar) / 2, px(3), bar), 2, 2)
        elif self.underMouse():
            painter.setBrush(tokens.bg)
            painter.drawRoundedRect(QRectF(self.rect()), px(6), px(6))
        if self._is_compact:
            self._paint_compact(painter)
        else:
            self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        tokens, px = theme().tokens, theme().px
        on = self.isChecked()
        icon = QRectF(px(10), (self.height() - px(20)) / 2, px(20), px(20))
        paint_icon(painter, PLACE_ICONS[self.place], icon, tokens.primary if on else tokens.sub)
        painter.setFont(theme().font(Role.BODY_BOLD if on else Role.BODY))
        painter.setPen(tokens.text if on else tokens.sub)
        rest = QRectF(px(40), 0, self.width() - px(48), self.height())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, PLACE_WORDS[self.place])
        painter.setFont(theme().font(Role.CAPTION))
        painter.setPen(tokens.sub)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._count)

    def _paint_compact(self, painter: QPainter) -> None:
        tokens, px = theme().tokens, theme().px
        on = self.isChecked()
        icon = QRectF((self.width() - px(20)) / 2, px(6), px(20), px(20))
        paint_icon(painter, PLACE_ICONS[self.place], icon, tokens.primary if on else tokens.sub)
        painter.setFont(theme().font(Role.CAPTION_BOLD if on else Role.CAPTION))
        painter.setPen(tokens.text if on else tokens.sub)
        word = QRectF(0, px(28), self.width(), px(18))
        whole = PLACE_WORDS[self.place]
        short = whole if len(whole) <= _SHORT_ENOUGH else whole[:2]
        painter.drawText(word, Qt.AlignmentFlag.AlignCenter, short)
