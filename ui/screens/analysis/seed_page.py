"""The right column for a 知財の種: how it is to be protected, and whether it could be kept secret."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from PySide6.QtCore import QObject, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.domain.terms import Confidentiality, Protection, SecrecyState, SeedKind
from app.rows.analysis import AnalysisSheet, IssueRow, Requirement, SeedRow
from ui.field_drafts import TextEditor
from ui.screens.analysis.item_page import ItemPage
from ui.theme.fonts import Role
from ui.theme.icons import paint_icon
from ui.theme.theme import theme
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.choice_field import ChoiceField, term_options
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.layouts import NO_MARGINS, column, put, row, set_measures
from ui.widgets.segmented import Option, Segmented
from ui.widgets.texts import Rule, Text

UNDECIDED = ""
REQUIREMENTS = ("useful", "non_public", "managed")
_STATE_LOOKS = {
    SecrecyState.MET: ("check", "ok"),
    SecrecyState.NOT_MET: ("close", "danger"),
    SecrecyState.UNCHECKED: ("question", "warn"),
}


class SeedPage(ItemPage):
    """守り方 with its reason, the three requirements where it is 秘密, links, then name, kind and words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("name", "名前", parent)
        options = [Option(UNDECIDED, "未定"), *(Option(str(way), way.term) for way in Protection)]
        self._protection = Segmented(options, name="守り方")
        self._kind = Text("", Role.TABLE, "sub")
        self._seed_kind = ChoiceField(term_options(SeedKind))
        reason = self.text_field("protection_reason", lines=1, placeholder="その守り方を選ぶ理由")
        reason.setAccessibleName("守り方の理由")
        self.heading(self._kind)
        way = row(spacing=12)
        put(way, Text("守り方", Role.TABLE, "sub"), self._protection, None)
        self._below_reason = column(spacing=0)
        put(self.body, way, 8, reason, self._below_reason)
        self.links()
        self._description = self.text_field("description", lines=3)
        self._protection.chosen.connect(self._protection_chosen)
        self._seed_kind.chosen.connect(self._kind_chosen)
        # In the next turn: all at once makes the first seed wait too long. The fields are there already.
        QTimer.singleShot(0, self, self._lay_form)

    def _lay_form(self) -> None:
        form = FieldForm()
        form.add("名前", self.words)
        form.add("種類", self._seed_kind)
        form.add("どんなものか", self._description)
        form.add("取扱", self._level)
        put(self.body, form, None)

    @cached_property
    def _secrecy(self) -> _Secrecy:
        """The requirements, made when the first seed is shown that is to be kept secret."""
        secrecy = _Secrecy()
        secrecy.edited.connect(self.write)
        self._below_reason.addWidget(secrecy)
        return secrecy

    @property
    def _asks_for_secrecy(self) -> bool:
        return "_secrecy" in self.__dict__

    def show_item(self, sheet: AnalysisSheet, item: IssueRow | SeedRow, level: Confidentiality) -> None:
        """Show a seed."""
        if not isinstance(item, SeedRow):
            raise TypeError(type(item).__name__)
        if item.id != self._item_id and self._asks_for_secrecy:
            self._secrecy.flush()
        super().show_item(sheet, item, level)
        self._kind.setText(item.kind.term)
        self._protection.choose(str(item.protection or UNDECIDED))
        self._seed_kind.show_value(item.kind)
        is_secret = item.protection is Protection.SECRET
        if is_secret or self._asks_for_secrecy:
            self._secrecy.show_requirements(item.requirements, item.met_count)
            self._secrecy.setVisible(is_secret)

    def editors(self) -> Mapping[str, TextEditor]:
        """The fields, and what was found of each requirement."""
        own = self._secrecy.editors() if self._asks_for_secrecy else {}
        return {**super().editors(), **own}

    def flush(self) -> None:
        """Take over what is typed."""
        super().flush()
        if self._asks_for_secrecy:
            self._secrecy.flush()

    def go_in(self) -> None:
        """Focus where one starts in this column."""
        self._protection.step(0)

    def _protection_chosen(self, code: str) -> None:
        self.write({"protection": Protection(code) if code else None})

    def _kind_chosen(self, code: str) -> None:
        self.write({"kind": SeedKind(code)})


class _Secrecy(QWidget):
    """秘密管理の3要件: each with its state in a shape and a word, and what was found."""

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._count = Text("", Role.TABLE, "sub")
        self._rows = {code: _RequirementRow(code, self) for code in REQUIREMENTS}
        line = row(spacing=8)
        put(line, Text("秘密管理の3要件", Role.BODY_BOLD), self._count, None)
        table = QGridLayout()
        set_measures(table, spacing=6, margins=NO_MARGINS)
        table.setColumnStretch(2, 1)
        table.addWidget(Rule(), 0, 0, 1, 4)
        for number, each in enumerate(self._rows.values()):
            for place, part in enumerate((each.shape, each.term, each.note, each.state)):
                table.addWidget(part, 2 * number + 1, place)
            table.addWidget(Rule(), 2 * number + 2, 0, 1, 4)
            each.edited.connect(self.edited)
        whole = column(self, spacing=6, margins=(0, 14, 0, 0))
        put(whole, line, table)

    def show_requirements(self, requirements: tuple[Requirement, ...], met: int) -> None:
        """Show how far each is met."""
        self._count.setText(f"{met} / {len(requirements)}")
        for requirement in requirements:
            self._rows[requirement.code].show_requirement(requirement)

    def editors(self) -> Mapping[str, TextEditor]:
        """What was found of each, by column."""
        return {f"{code}_note": each.note for code, each in self._rows.items()}

    def flush(self) -> None:
        """Take over what is typed."""
        for each in self._rows.values():
            each.note.flush()


class _RequirementRow(QObject):
    """The parts of one row of the table."""

    edited = Signal(object)

    def __init__(self, code: str, owner: QWidget) -> None:
        super().__init__(owner)
        self._code = code
        self.shape = _Shape()
        self.term = Text("")
        self.note = LongTextField(lines=1, most_lines=4, placeholder="確かめたこと")
        self.state = ChoiceField(term_options(SecrecyState))
        self.note.left.connect(self._note_left)
        self.state.chosen.connect(self._state_chosen)

    def show_requirement(self, requirement: Requirement) -> None:
        """Show one requirement."""
        self.term.setText(requirement.term)
        self.shape.show_look(*_STATE_LOOKS.get(requirement.state, ("question", "sub")))
        self.state.setAccessibleName(f"{requirement.term}の状態")
        self.state.show_value(requirement.state)
        self.note.setAccessibleName(f"{requirement.term}: 確かめたこと")
        if not self.note.has_changes():
            self.note.show_text(requirement.note)

    def _note_left(self, text: str) -> None:
        self.edited.emit({f"{self._code}_note": text})

    def _state_chosen(self, code: str) -> None:
        self.edited.emit({f"{self._code}_state": SecrecyState(code)})


class _Shape(QWidget):
    """The shape of a state; its word stands in the choice of the same row."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._tone = "question", "warn"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_look(self, icon: str, tone: str) -> None:
        """Show another shape."""
        self._icon, self._tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        """An icon of 18."""
        return QSize(theme().px(20), theme().px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shape."""
        painter = QPainter(self)
        side = theme().px(18)
        paint_icon(painter, self._icon, QRectF(1, 1, side, side), getattr(theme().tokens, self._tone))
        painter.end()
