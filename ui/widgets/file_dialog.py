"""The dialog that asks where a file goes: the system's own, or Qt's with Japanese words.

Qt's Japanese texts leave out the labels of its own dialog, which stands in where the system has none.
"""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QWidget

_LABELS = {
    QFileDialog.DialogLabel.LookIn: "場所",
    QFileDialog.DialogLabel.FileName: "ファイル名",
    QFileDialog.DialogLabel.FileType: "種類",
    QFileDialog.DialogLabel.Reject: "やめる",
}


class FileDialog(QFileDialog):
    """Asks without stopping the program: connect `fileSelected`, then `open()`."""

    def __init__(self, parent: QWidget, title: str, start: str, kinds: str = "") -> None:
        """`start` is the folder or file to begin with, `kinds` a filter such as 「PDF (*.pdf)」."""
        super().__init__(parent, title, start, kinds)
        for label, words in _LABELS.items():
            self.setLabelText(label, words)

    def save_as(self, name: str, ending: str) -> None:
        """Ask for a new file called `name`, ending in `.ending`."""
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setLabelText(QFileDialog.DialogLabel.Accept, "保存する")
        self.setDefaultSuffix(ending)
        self.selectFile(f"{name}.{ending}")

    def choose_folder(self, accept: str = "ここに入れる") -> None:
        """Ask for a folder; `accept` is the word of the button."""
        self.setFileMode(QFileDialog.FileMode.Directory)
        self.setOption(QFileDialog.Option.ShowDirsOnly)
        self.setLabelText(QFileDialog.DialogLabel.Accept, accept)

    def choose_files(self, accept: str) -> None:
        """Ask for any number of files that exist; `accept` is the word of the button."""
        self.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self.setLabelText(QFileDialog.DialogLabel.Accept, accept)
