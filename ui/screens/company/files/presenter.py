"""What happens on 資料: reading its sheet, and every act of a person, always off the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from app.errors import AppError
from app.rows.attachments import AttachmentRow, FilesAdded, FilesSheet
from ui.screens.company.files.pictures import picture_of, small_picture

if TYPE_CHECKING:
    from app.rows.trash import DeletedNote
    from app.services.attachments import PreparedFiles
    from app.services.directory import Services
    from ui.tasks import TaskRunner, Ticket

Load = Any
"""What a service loaded for an edit: opaque here, handed back unchanged."""
_TOUCHING = ("attachment", "support_session", "company")


class FilesView(Protocol):
    """What the presenter asks of the tab."""

    def show_sheet(self, sheet: FilesSheet) -> None:
        """Show a company's files."""

    def show_picture(self, file_id: str, picture: QImage) -> None:
        """Show the picture of a file; null where it cannot be drawn."""

    def files_added(self, added: FilesAdded) -> None:
        """Files were taken in."""

    def tell(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Show a toast."""

    def refuse(self, error: AppError) -> None:
        """Say what could not be done."""


class FilesPresenter:
    """Knows the company and the file shown. Small pictures are made one after the other, beside the store."""

    def __init__(self, tasks: TaskRunner, services: Services, view: FilesView) -> None:
        self._tasks = tasks
        self._services = services
        self._view = view
        self._sheet: FilesSheet | None = None
        self._form: Load | None = None
        self._picture_asked: Ticket | None = None
        self._unreadable: set[str] = set()
        self._is_making = False
        self.company_id = ""
        self.file_id = ""

    # what is shown

    def open(self, company_id: str) -> None:
        """Show a company, also when it is shown already."""
        if company_id != self.company_id:
            self.company_id, self._sheet = company_id, None
        self.reload()

    def reload(self) -> None:
        """Read the sheet again."""
        if self.company_id:
            company_id = self.company_id
            self._tasks.run(lambda _: (company_id, self._services.attachments.sheet(company_id)), self._show)

    def concerns(self, types: Sequence[str]) -> bool:
        """Whether a change of these types of records may show here."""
        return any(each in _TOUCHING for each in types)

    def file(self, file_id: str) -> AttachmentRow | None:
        """A file of the sheet."""
        rows = self._sheet.rows if self._sheet else ()
        return next((each for each in rows if each.id == file_id), None)

    def choose(self, file_id: str, most: QSize) -> None:
        """A file is shown at the right: know what its edits start from, and read its picture."""
        self.file_id, self._form = file_id, None
        self._tasks.run(lambda _: self._services.attachments.form(file_id), self._keep_form, self._no_form)
        self.ask_picture(file_id, most)

    def ask_picture(self, file_id: str, most: QSize) -> None:
        """Read a picture of at most this size."""
        if self._picture_asked is not None:
            self._picture_asked.cancel()
        file = self.file(file_id)
        if file is not None and file.is_picture and file.is_here:
            work = partial(self._read_picture, file_id, most)
            self._picture_asked = self._tasks.run(work, self._show_picture, self._refused, side=True)

    # acts

    def add(self, paths: Sequence[Path]) -> None:
        """Take files in: encrypted beside the store first, then written into the record."""
        if paths:
            company_id = self.company_id
            self._view.tell(f"{len(paths)}個のファイルを暗号化して足しています")
            work = partial(self._prepare, company_id, tuple(paths))
            self._tasks.run(work, self._keep, self._refused, side=True)

    def change(self, file_id: str, values: Mapping[str, object]) -> None:
        """Write columns of a file."""
        form = self._form if file_id == self.file_id else None
        self._act(lambda: self._services.attachments.change(file_id, values, form))

    def want(self, file_ids: Sequence[str]) -> None:
        """Ask for files."""
        self._tasks.run(lambda _: self._services.attachments.want(file_ids), self._wanted, self._refused)

    def save_copy(self, file_id: str, out: Path) -> None:
        """Write a plain copy."""
        work = partial(self._export, file_id, out)
        self._tasks.run(work, self._copied, self._refused, side=True)

    def delete(self, file_ids: Sequence[str]) -> None:
        """Move files to ごみ箱."""
        for file_id in file_ids:
            self._tasks.run(partial(self._delete, file_id), self._deleted, self._refused)

    # what comes back

    def _show(self, answer: tuple[str, FilesSheet]) -> None:
        company_id, sheet = answer
        if company_id == self.company_id:
            self._sheet = sheet
            self._view.show_sheet(sheet)
            self._make_pictures()

    def _make_pictures(self) -> None:
        """The next small picture that is not made yet."""
        rows = self._sheet.rows if self._sheet else ()
        waiting = (
            each
            for each in rows
            if each.is_picture and each.is_here and not each.picture and each.id not in self._unreadable
        )
        file = next(waiting, None)
        if file is not None and not self._is_making:
            self._is_making = True
            work = partial(self._make_picture, file.id)
            self._tasks.run(work, self._made_picture, self._no_picture, side=True)

    def _make_picture(self, file_id: str, _ticket: Ticket) -> str:
        picture = small_picture(self._services.attachments.content(file_id))
        if picture:
            self._services.attachments.keep_picture(file_id, picture)
        else:
            self._unreadable.add(file_id)
        return file_id

    def _made_picture(self, _file_id: str) -> None:
        self._is_making = False
        self.reload()

    def _no_picture(self, error: Exception) -> None:
        self._is_making = False
        if not isinstance(error, AppError):
            raise error

    def _read_picture(self, file_id: str, most: QSize, _ticket: Ticket) -> tuple[str, QImage]:
        return file_id, picture_of(self._services.attachments.content(file_id), most)

    def _show_picture(self, answer: tuple[str, QImage]) -> None:
        self._view.show_picture(*answer)

    def _keep_form(self, form: Load) -> None:
        self._form = form

    def _no_form(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error

    def _prepare(self, company_id: str, paths: Sequence[Path], _ticket: Ticket) -> tuple[str, PreparedFiles]:
        return company_id, self._services.attachments.prepare(paths)

    def _keep(self, answer: tuple[str, PreparedFiles]) -> None:
        company_id, prepared = answer
        work = partial(self._kept, company_id, prepared)
        self._tasks.run(work, self._view.files_added, self._refused)

    def _kept(self, company_id: str, prepared: PreparedFiles, _ticket: Ticket) -> FilesAdded:
        return self._services.attachments.keep(company_id, prepared)

    def _wanted(self, _answer: None) -> None:
        self._view.tell("取り寄せを頼みました。次に同期したときに届きます")
        self.reload()

    def _export(self, file_id: str, out: Path, _ticket: Ticket) -> Path:
        out.unlink(missing_ok=True)
        self._services.attachments.export(file_id, out)
        return out

    def _copied(self, out: Path) -> None:
        self._view.tell(f"写しを保存しました (暗号化なし): {out.name}")

    def _delete(self, file_id: str, _ticket: Ticket) -> DeletedNote:
        return self._services.trash.delete("attachment", file_id)

    def _deleted(self, note: DeletedNote) -> None:
        self._view.tell(note.message, partial(self._bring_back, note.id))

    def _bring_back(self, file_id: str) -> None:
        self._tasks.run(lambda _: self._services.trash.restore("attachment", file_id))

    def _act(self, act: Callable[[], object]) -> None:
        self._tasks.run(lambda _: act(), None, self._refused)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._view.refuse(error)
        self.reload()
