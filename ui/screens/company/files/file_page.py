"""The panel of 資料: one file with its picture, its words, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.sizes import size_words
from app.domain.terms import Confidentiality
from app.rows.attachments import AttachmentRow
from ui.field_drafts import TextEditor
from ui.screens.company.files.columns import kind_words, state_of
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.choice_field import ChoiceField, term_options
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import column, put, row
from ui.widgets.segmented import Option
from ui.widgets.texts import Paragraph, Text

PICTURE = QSize(280, 200)
"""px at 標準."""
_WARNING = "写しは暗号化されません。置いた所は自分で守ってください。履歴に残ります。"


class PicturePane(QWidget):
    """One picture, whole, in the middle; words in its place where there is none."""

    def __init__(self, *, fills: bool = False, parent: QWidget | None = None) -> None:
        """With `fills` it takes all the room there is."""
        super().__init__(parent)
        self._picture = QImage()
        self._words = ""
        down = QSizePolicy.Policy.Expanding if fills else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, down)

    def show_picture(self, picture: QImage | None, words: str = "") -> None:
        """Show a picture, or words."""
        self._picture, self._words = picture or QImage(), words
        self.setAccessibleName(words or "写真")
        self.update()

    def sizeHint(self) -> QSize:
        """As large as a picture is read."""
        return QSize(theme().px(PICTURE.width()), theme().px(PICTURE.height()))

    def minimumSizeHint(self) -> QSize:
        """A narrow panel shows it smaller."""
        return QSize(theme().px(PICTURE.width() // 2), theme().px(PICTURE.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter, tokens = QPainter(self), theme().tokens
        whole = QRectF(self.rect())
        painter.fillRect(whole, tokens.bg)
        if self._picture.isNull():
            painter.setPen(tokens.sub)
            painter.setFont(theme().font(Role.TABLE))
            words = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(whole.adjusted(8, 8, -8, -8), words, self._words)
        else:
            size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(left, top, size.width(), size.height()), self._picture)
        painter.end()


class FilePage(QWidget):
    """Every field is its own change, told when one leaves it."""

    edited = Signal(str, object)
    """Id of the file, columns and values."""
    fetch_asked = Signal(str)
    copy_asked = Signal(str)
    open_asked = Signal(str)
    delete_asked = Signal(str)
    history_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: AttachmentRow | None = None
        self.picture = PicturePane()
        self._heading = Text("", Role.SECTION, elide=True)
        self._facts = Text("", Role.TABLE, "sub")
        self._fetch = Button("取り寄せる", icon="download", size="small")
        self._open = Button("大きく見る", icon="eye", size="small")
        self._copy = Button("写しを保存…", icon="save", size="small")
        self._delete = Button("ごみ箱へ", kind="quiet", icon="trash", size="small")
        self._history = IconButton("history", "この資料の履歴")
        self._warning = Paragraph(_WARNING, Role.CAPTION, "sub")
        self._name = TextField()
        self._note = LongTextField(lines=2)
        self._visit = ChoiceField(blank="なし")
        self._level = ChoiceField(term_options(Confidentiality), blank="企業の取扱と同じ")
        self._build()
        self._connect()

    def file_id(self) -> str:
        """The file shown; "" for none."""
        return self._row.id if self._row else ""

    def show_file(self, file: AttachmentRow, visits: Sequence[Option], level: Confidentiality) -> None:
        """Show a file; typing for another one is taken over first."""
        if self._row is not None and self._row.id != file.id:
            self.flush()
        self._row = file
        self._heading.setText(file.name)
        self._facts.setText(f"{kind_words(file)}  {size_words(file.size)}  {state_of(file).text}")
        self._show_acts(file)
        for field, text in ((self._name, file.name), (self._note, file.note)):
            if not field.has_changes():
                field.show_text(text)
        self._visit.set_options(visits)
        self._visit.show_value(file.support_session_id)
        self._level.setItemText(0, f"{level.term} (企業と同じ)")
        self._level.show_value(file.level)

    def editors(self) -> Mapping[str, TextEditor]:
        """What is typed into, by column."""
        return {"name": self._name, "note": self._note}

    def flush(self) -> None:
        """Take over what is typed."""
        for field in self.editors().values():
            field.flush()

    def go_to_name(self) -> None:
        """Start with the name."""
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._name.selectAll()

    def _show_acts(self, file: AttachmentRow) -> None:
        self._open.setVisible(file.is_here and file.is_picture)
        self._copy.setVisible(file.is_here and not file.is_erased)
        self._warning.setVisible(file.is_here and not file.is_erased)
        self._fetch.setVisible(not file.is_here and not file.is_coming and not file.is_erased)
        self._fetch.set_label(f"取り寄せる ({size_words(file.size)})")

    def _build(self) -> None:
        head = row()
        put(head, self._heading, None, self._history)
        acts = row(spacing=6)
        put(acts, self._fetch, self._open, self._copy, None)
        form = FieldForm()
        form.add("名前", self._name)
        form.add("説明", self._note)
        form.add("面談", self._visit)
        form.add("取扱", self._level)
        last = row()
        put(last, self._delete, None)
        whole = column(self, spacing=8, margins=(20, 8, 20, 16))
        put(whole, head, self._facts, self.picture, acts, self._warning, form, last, None)

    def _connect(self) -> None:
        self._fetch.clicked.connect(self._ask_fetch)
        self._copy.clicked.connect(self._ask_copy)
        self._open.clicked.connect(self._ask_open)
        self._delete.clicked.connect(self._ask_delete)
        self._history.clicked.connect(self._ask_history)
        self._name.left.connect(self._name_left)
        self._note.left.connect(self._note_left)
        self._visit.chosen.connect(self._visit_chosen)
        self._level.chosen.connect(self._level_chosen)

    def _ask_fetch(self) -> None:
        self.fetch_asked.emit(self.file_id())

    def _ask_copy(self) -> None:
        self.copy_asked.emit(self.file_id())

    def _ask_open(self) -> None:
        self.open_asked.emit(self.file_id())

    def _ask_delete(self) -> None:
        self.delete_asked.emit(self.file_id())

    def _ask_history(self) -> None:
        self.history_asked.emit(self.file_id())

    def _name_left(self, text: str) -> None:
        if text:
            self.edited.emit(self.file_id(), {"name": text})
        elif self._row:
            self._name.show_text(self._row.name)

    def _note_left(self, text: str) -> None:
        self.edited.emit(self.file_id(), {"note": text})

    def _visit_chosen(self, value: str) -> None:
        self.edited.emit(self.file_id(), {"support_session_id": value or None})

    def _level_chosen(self, value: str) -> None:
        self.edited.emit(self.file_id(), {"confidentiality": value or None})
