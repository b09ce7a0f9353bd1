"""Asking where a PDF is to be put, with the system's own dialog, which does not stop the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.file_dialog import FileDialog

Chosen = Callable[[str], None]


def ask_for_file(parent: QWidget, folder: str, name: str, chosen: Chosen) -> None:
    """Ask for the file's place and name, and call `chosen` with its path. It asks before replacing."""
    dialog = FileDialog(parent, "PDF を保存", folder or documents_folder(), "PDF (*.pdf)")
    dialog.save_as(name, "pdf")
    _open(dialog, chosen)


def ask_for_folder(parent: QWidget, folder: str, chosen: Chosen) -> None:
    """Ask for the folder that several files go into, and call `chosen` with its path."""
    dialog = FileDialog(parent, "PDF を入れるフォルダ", folder or documents_folder())
    dialog.choose_folder()
    _open(dialog, chosen)


def documents_folder() -> str:
    """Where a person looks for documents."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def shown_place(path: Path) -> str:
    """A path for people: the home folder as ~."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except ValueError:
        return str(path)


def _open(dialog: FileDialog, chosen: Chosen) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()
