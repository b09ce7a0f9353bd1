"""Shapes shared by delegates, gutter and small widgets: mark, state chip, meter, tick, key cap, ring.

Every function paints with the present theme; rectangles are device-independent px, already scaled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.domain.terms import UNKNOWN_TERM, Mark
from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.lines import line
from ui.theme.pictures import paint_kept
from ui.theme.theme import theme

StateKind = Literal["ok", "warn", "danger", "info", "secret", "off", "flat"]
SECRET_MARK = "secret"  # noqa: S105 (a mark on a line, not a password)
MARK_WIDTH, MARK_HEIGHT = 56, 22
STATE_HEIGHT = 20


@dataclass(frozen=True, slots=True)
class State:
    """A state chip: its kind gives ground and shape, `text` the word, `icon` another shape than the usual."""

    kind: StateKind
    text: str
    icon: str | None = None


@dataclass(frozen=True, slots=True)
class _Look:
    ground: str | None
    line: str | None
    words: str
    icon: str
    dashed: bool = False
    bold: bool = False


NEWER_STATE = State("off", UNKNOWN_TERM)
"""What a code is shown as that only a newer program knows."""
_STATES: dict[str, _Look] = {
    "ok": _Look("ok_tint", None, "ok", "check"),
    "warn": _Look("warn_tint", None, "warn", "clock"),
    "danger": _Look("danger_tint", None, "danger", "alert", bold=True),
    "info": _Look("info_tint", None, "info", "clock"),
    "secret": _Look("secret_tint", "secret", "secret", "key", dashed=True),
    "off": _Look(None, "border", "sub", "question", dashed=True),
    "flat": _Look("surface2", None, "sub", ""),
}
_MARKS: dict[str, _Look] = {
    Mark.FACT: _Look("surface2", None, "sub", "dot"),
    Mark.ISSUE: _Look("surface", "text", "text", "triangle"),
    Mark.DECISION: _Look("primary", None, "on_primary", "check", bold=True),
    Mark.HOMEWORK: _Look("info_tint", "info", "info", "square"),
    Mark.DEADLINE: _Look("warn_tint", "warn", "warn", "clock"),
    SECRET_MARK: _Look("secret_tint", "secret", "secret", "key", dashed=True),
}


_TERMS = {str(mark): mark.term for mark in Mark}


def mark_word(mark: str) -> str:
    """The word of a mark's code; `SECRET_MARK` is 秘密."""
    return "秘密" if mark == SECRET_MARK else _TERMS.get(mark, UNKNOWN_TERM)


def paint_mark(painter: QPainter, rect: QRectF, mark: str) -> None:
    """Draw the chip of a mark (a `Mark` code or `SECRET_MARK`) over `rect`, 56 x 22 at 標準."""
    look = _MARKS.get(mark, _STATES["off"])
    paint_kept(painter, rect, _draw_ground, look)
    role = _bold_or_not(Role.TABLE, look.bold)
    word = mark_word(mark)
    glyph, gap = theme().px(14), theme().px(4)
    width = glyph + gap + theme().width(word, role)
    left = rect.x() + (rect.width() - width) / 2
    _paint_glyph_and_word(painter, rect, left, look.icon, word, role, _color(look.words))


def state_width(state: State) -> float:
    """Width that `paint_state` needs."""
    look = _STATES[state.kind]
    words = theme().width(state.text, _bold_or_not(Role.CAPTION, look.bold))
    if _state_icon(state):
        return theme().px(4 + 14 + 4 + 6) + words
    return theme().px(12) + words


def paint_state(painter: QPainter, rect: QRectF, state: State) -> None:
    """Draw a state chip over `rect`: 20 high at 標準, `state_width(state)` wide."""
    look = _STATES[state.kind]
    paint_kept(painter, rect, _draw_ground, look)
    icon = _state_icon(state)
    left = rect.x() + theme().px(4 if icon else 6)
    role = _bold_or_not(Role.CAPTION, look.bold)
    _paint_glyph_and_word(painter, rect, left, icon, state.text, role, _color(look.words))


def meter_width(cells: int, cell_width: float) -> float:
    """Width of a meter with so many cells, gaps of 2 between them."""
    return cells * cell_width + (cells - 1) * theme().px(2)


def paint_meter(
    painter: QPainter, rect: QRectF, done: int, cells: int = 4, *, cell_width: float, role: str = "sub"
) -> None:
    """Draw `cells` small cells over `rect`, the first `done` filled; always set the word beside it."""
    paint_kept(painter, rect, _draw_meter, done, cells, cell_width, role)


def _draw_meter(painter: QPainter, rect: QRectF, done: int, cells: int, cell_width: float, role: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tokens = theme().tokens
    radius = theme().px(2)
    for index in range(cells):
        left = rect.x() + index * (cell_width + theme().px(2))
        cell = QRectF(left, rect.y(), cell_width, rect.height())
        filled = index < done
        painter.setPen(_color(role) if filled else tokens.border)
        painter.setBrush(_color(role) if filled else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def paint_tick(painter: QPainter, rect: QRectF, *, ticked: bool, partly: bool = False) -> None:
    """Draw a tick box over `rect` (16 x 16 at 標準)."""
    paint_kept(painter, rect, _draw_tick, ticked, partly)


def _draw_tick(painter: QPainter, rect: QRectF, ticked: bool, partly: bool) -> None:
    tokens = theme().tokens
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    on = ticked or partly
    painter.setPen(QPen(tokens.primary if on else tokens.border, 1.5))
    painter.setBrush(tokens.primary if on else tokens.surface)
    inside = rect.adjusted(0.75, 0.75, -0.75, -0.75)
    painter.drawRoundedRect(inside, theme().px(3), theme().px(3))
    if on:
        paint_icon(painter, "check" if ticked else "minus", rect.adjusted(2, 2, -2, -2), tokens.on_primary)


def key_cap_width(key: str) -> float:
    """Width that `paint_key_cap` needs."""
    return theme().width(key, Role.CAPTION) + theme().px(12)


def paint_key_cap(painter: QPainter, rect: QRectF, key: str, *, words: QColor, line: QColor) -> None:
    """Draw the name of a key inside a 1 px line, 20 high at 標準."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme().px(4), theme().px(4))
    painter.setFont(theme().font(Role.CAPTION))
    painter.setPen(words)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()


def paint_focus(painter: QPainter, rect: QRectF, *, radius: float = 0) -> None:
    """Draw the 2 px focus ring just inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, radius > 0)
    width = theme().px(2)
    painter.setPen(QPen(theme().tokens.focus, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inside = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.drawRoundedRect(inside, radius, radius)
    painter.restore()


def mixed(color: QColor, other: QColor, share: float) -> QColor:
    """`color` with a share (0 to 1) of `other` in it: the ground of a control under the pointer."""
    return QColor.fromRgbF(
        color.redF() + (other.redF() - color.redF()) * share,
        color.greenF() + (other.greenF() - color.greenF()) * share,
        color.blueF() + (other.blueF() - color.blueF()) * share,
    )


def _draw_ground(painter: QPainter, rect: QRectF, look: _Look) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QPen(Qt.PenStyle.NoPen)
    painter.setBrush(_color(look.ground) if look.ground else Qt.BrushStyle.NoBrush)
    painter.setPen(ground)
    if look.line:
        pen = QPen(_color(look.line), 1)
        if look.dashed:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
    inside = rect.adjusted(0.5, 0.5, -0.5, -0.5) if look.line else rect
    painter.drawRoundedRect(inside, theme().px(4), theme().px(4))


def _paint_glyph_and_word(
    painter: QPainter, rect: QRectF, left: float, icon: str, word: str, role: Role, color: QColor
) -> None:
    if icon:
        side = theme().px(14)
        glyph = QRectF(left, rect.y() + (rect.height() - side) / 2, side, side)
        paint_icon(painter, icon, glyph, color)
        left += side + theme().px(4)
    painter.save()
    line(word, role).paint(painter, left, rect, color)
    painter.restore()


def _state_icon(state: State) -> str:
    return _STATES[state.kind].icon if state.icon is None else state.icon


def _bold_or_not(role: Role, bold: bool) -> Role:
    return {Role.TABLE: Role.TABLE_BOLD, Role.CAPTION: Role.CAPTION_BOLD}[role] if bold else role


def _color(role: str) -> QColor:
    color: QColor = getattr(theme().tokens, role)
    return color
