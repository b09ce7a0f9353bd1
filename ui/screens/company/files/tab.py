"""The tab 資料 of 企業カルテ (Alt+6): photos and files of one company, and a panel for one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.changes import Changes
from app.domain.calendar import western
from app.domain.sizes import size_words
from app.errors import AppError, AttachmentTooLarge, AttachmentUnreadable
from app.rows.attachments import AttachmentRow, FilesAdded, FilesSheet
from ui.models.row_table_model import RowTableModel
from ui.navigation import history_route
from ui.record_drafts import BROUGHT_BACK, RecordDrafts
from ui.screens.action_plan.panel_area import PanelArea
from ui.screens.company.files.columns import file_columns, state_of
from ui.screens.company.files.file_page import PICTURE, FilePage, PicturePane
from ui.screens.company.files.presenter import FilesPresenter
from ui.screens.company.tab import CompanyTab
from ui.screens.screen import LineButton
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.file_dialog import FileDialog
from ui.widgets.layouts import NO_MARGINS, column, put, row
from ui.widgets.row_table import RowTable
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.segmented import Option
from ui.widgets.texts import Rule, Text
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.tasks import TaskRunner

ROW_HEIGHT = 56
_MOST_MB = 100


class FilesTab(CompanyTab):
    """Enter shows a photo in full, Ctrl+N or a drop adds files, Del moves them to ごみ箱."""

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = FilesPresenter(tasks, services, self)
        self._sheet: FilesSheet | None = None
        self._wanted = ""
        self._model: RowTableModel[AttachmentRow] = RowTableModel(file_columns(), key=lambda file: file.id)
        self._table = RowTable(self._model, name="資料", row_height=ROW_HEIGHT)
        self._count = Text("", Role.TABLE, "sub")
        self._fetch_all = Button("", icon="download", size="small")
        self._page = FilePage()
        self._large = _LargePicture()
        self._stack = QStackedWidget()
        self._drafts = RecordDrafts(tasks, services, self)
        self._area = self._build()
        self._connect()
        self.setAcceptDrops(True)
        self.setFocusProxy(self._table)

    # what the file asks

    def show_company(self, company_id: str, anchor: str = "") -> None:
        """Show a company; `anchor` may be a file."""
        self._wanted = anchor
        if company_id != self._presenter.company_id:
            self._sheet = None
            self._model.show_rows(())
            self._area.set_open(on=False)
        self._close_large()
        self._drafts.open(f"files:{company_id}")
        self._presenter.open(company_id)

    def leave(self) -> None:
        """Take over what is typed."""
        self._page.flush()
        self._drafts.settle()

    def touched(self, changes: Changes) -> None:
        """Read again what shows here."""
        if self.isVisible() and self._presenter.concerns([kind for kind, _ in changes.touched]):
            self._presenter.reload()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Ctrl+N, F2 and Ctrl+J."""
        return {"new": self._ask_for_files, "edit": self._edit_name, "panel": self._toggle_panel}

    def heading_buttons(self) -> tuple[LineButton, ...]:
        """Adding files."""
        return LineButton("print"), LineButton("new", "ファイルを足す", "plus", primary=True)

    def memory(self) -> object:
        """The chosen file."""
        return self._table.current_key()

    def restore(self, memory: object) -> None:
        """Choose it again."""
        if isinstance(memory, str):
            self._wanted = memory
            self._go_to_wanted()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the tab."""
        if _files_in(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take dropped files in."""
        event.acceptProposedAction()
        self._presenter.add(_files_in(event))

    # what the presenter asks

    def show_sheet(self, sheet: FilesSheet) -> None:
        """Show a company's files."""
        self._sheet = sheet
        self._model.show_rows(sheet.rows)
        total = sum(each.size for each in sheet.rows)
        self._count.setText(f"{len(sheet.rows):,}個  {size_words(total)}" if sheet.rows else "")
        away = sheet.away
        self._fetch_all.setVisible(bool(away.ids))
        self._fetch_all.set_label(f"すべて取り寄せる ({len(away.ids):,}個、{size_words(away.size)})")
        self._go_to_wanted()
        self._show_file(self._table.current_key())

    def show_picture(self, file_id: str, picture: QImage) -> None:
        """Show the picture of a file where it is looked at."""
        words = "" if not picture.isNull() else "この形式の写真は、ここでは見られません"
        if self._stack.currentWidget() is self._large and self._large.file_id == file_id:
            self._large.pane.show_picture(picture, words)
        elif self._page.file_id() == file_id:
            self._page.picture.show_picture(picture, words)

    def files_added(self, added: FilesAdded) -> None:
        """Say how many, and what was left out."""
        if added.ids:
            self._wanted = added.ids[0]
            self.tell(f"{len(added.ids)}個のファイルを足しました")
        if added.too_large:
            self.refuse(AttachmentTooLarge(most_mb=_MOST_MB))
        elif added.unreadable:
            self.refuse(AttachmentUnreadable())

    def tell(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Show a toast."""
        self.told.emit(words, undo)

    def refuse(self, error: AppError) -> None:
        """Say what could not be done."""
        self.warned.emit(error_message(error), "warn")

    # building

    def _build(self) -> PanelArea:
        self._table.show_when_empty(
            EmptyState(
                "まだ資料がありません",
                "Ctrl+N で選ぶか、ここにファイルを落とすと足せます。\n"
                "写真の場所の情報は消し、中身は暗号化してしまいます。",
            )
        )
        bar = row(spacing=12, margins=(20, 6, 16, 6))
        put(bar, self._count, None, self._fetch_all)
        area = PanelArea(self._table, _scrolling(self._page))
        whole = QWidget()
        inside = column(whole, spacing=0)
        inside.addLayout(bar)
        put(inside, Rule())
        inside.addWidget(area, 1)
        for page in (whole, self._large):
            self._stack.addWidget(page)
        outside = column(self, spacing=0)
        outside.addWidget(self._stack)
        self._fetch_all.hide()
        return area

    def _connect(self) -> None:
        self._table.current_changed.connect(self._show_file)
        self._table.opened.connect(self._open)
        self._table.delete_asked.connect(self._presenter.delete)
        self._fetch_all.clicked.connect(self._fetch_everything)
        self._area.closed.connect(self._close_panel)
        self._large.closed.connect(self._close_large)
        page = self._page
        page.edited.connect(self._presenter.change)
        page.fetch_asked.connect(self._fetch)
        page.copy_asked.connect(self._ask_where)
        page.open_asked.connect(self._open)
        page.delete_asked.connect(self._delete)
        page.history_asked.connect(self._open_history)
        self._drafts.brought_back.connect(self._tell_brought_back)

    # going around

    def _go_to_wanted(self) -> None:
        if self._wanted and self._presenter.file(self._wanted) is not None:
            wanted, self._wanted = self._wanted, ""
            self._table.go_to(wanted)
        elif self._model.rowCount() and not self._table.current_key():
            self._table.setCurrentIndex(self._model.index(0, 0))

    def _show_file(self, file_id: str) -> None:
        file, sheet = self._presenter.file(file_id), self._sheet
        if file is None or sheet is None:
            self._area.set_open(on=False)
            return
        is_other = self._page.file_id() != file_id or self._presenter.file_id != file_id
        visits = [Option(visit, f"{western(day)} の面談") for visit, day in sheet.visits]
        self._page.show_file(file, visits, sheet.level)
        self._drafts.show(f"attachment:{file_id}", self._page.editors())
        if not self._area.is_drawer:
            self._area.set_open(on=True)
        if is_other or not (file.is_here and file.is_picture):
            self._page.picture.show_picture(None, _no_picture_words(file))
        self._presenter.choose(file_id, theme_size(PICTURE))

    def _open(self, file_id: str) -> None:
        file = self._presenter.file(file_id)
        if file is None:
            return
        if file.is_here and file.is_picture:
            self._large.file_id = file_id
            self._large.pane.show_picture(None, "読み込んでいます")
            self._stack.setCurrentWidget(self._large)
            self._large.setFocus(Qt.FocusReason.OtherFocusReason)
            self._presenter.ask_picture(file_id, self.size() * self.devicePixelRatioF())
        else:
            self._area.set_open(on=True)
            self._page.go_to_name()

    def _close_large(self) -> None:
        if self._stack.currentWidget() is self._large:
            self._stack.setCurrentIndex(0)
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_panel(self) -> None:
        self._page.flush()
        self._area.set_open(on=False)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_panel(self) -> None:
        if self._area.is_open:
            self._close_panel()
        elif self._table.current_key():
            self._area.set_open(on=True)

    def _edit_name(self) -> None:
        if self._table.current_key():
            self._area.set_open(on=True)
            self._page.go_to_name()

    def _open_history(self, file_id: str) -> None:
        self.go.emit(history_route(self._presenter.company_id, "attachment", file_id))

    def _tell_brought_back(self, _record: str) -> None:
        self.tell(BROUGHT_BACK)

    # acts

    def _ask_for_files(self) -> None:
        dialog = FileDialog(self, "足すファイル", str(Path.home()))
        dialog.choose_files("足す")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._add_named)
        dialog.open()

    def _add_named(self, names: Sequence[str]) -> None:
        self._presenter.add([Path(name) for name in names])

    def _ask_where(self, file_id: str) -> None:
        file = self._presenter.file(file_id)
        if file is None:
            return
        dialog = FileDialog(self, "写しを保存 (暗号化なし)", str(Path.home()))
        dialog.save_as(Path(file.name).stem, Path(file.name).suffix[1:] or "bin")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self._save_copy, file_id))
        dialog.open()

    def _save_copy(self, file_id: str, name: str) -> None:
        self._presenter.save_copy(file_id, Path(name))

    def _fetch(self, file_id: str) -> None:
        self._presenter.want([file_id])

    def _fetch_everything(self) -> None:
        if self._sheet:
            self._presenter.want(self._sheet.away.ids)

    def _delete(self, file_id: str) -> None:
        self._presenter.delete([file_id])


class _LargePicture(QWidget):
    """One picture over the whole tab; Esc, Enter or a press goes back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file_id = ""
        self.pane = PicturePane(fills=True)
        self._back = Button("一覧に戻る", icon="left", key="Esc", size="small")
        self.closed = self._back.clicked
        line = row(margins=(20, 6, 16, 6))
        put(line, self._back, None)
        whole = column(self, spacing=0)
        whole.addLayout(line)
        whole.addWidget(self.pane, 1)
        self.setFocusProxy(self._back)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._back.click()
        else:
            super().keyPressEvent(event)


def _scrolling(page: QWidget) -> ScrollPage:
    scroll = ScrollPage(spacing=0, margins=NO_MARGINS, ground="surface")
    scroll.body.addWidget(page)
    return scroll


def theme_size(size: QSize) -> QSize:
    """A size at the present text step, with room for fine screens."""
    return QSize(2 * theme().px(size.width()), 2 * theme().px(size.height()))


def _no_picture_words(file: AttachmentRow) -> str:
    if file.is_erased:
        return "管理者が完全に消しました。\n記録だけが残っています。"
    if not file.is_here:
        return f"{state_of(file).text}です。\n取り寄せると、ここで見られます。"
    return "読み込んでいます" if file.is_picture else "写しを保存すると開けます"


def _files_in(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
