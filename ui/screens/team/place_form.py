"""Which 置き場: a folder, a WebDAV server, or an object store, and whether it answers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.errors import AppError
from app.services.sharing_places import PlaceEntry, PlaceKind, PlaceState, entry_of
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.fields.text_field import TextField
from ui.widgets.file_dialog import FileDialog
from ui.widgets.layouts import column, put, row
from ui.widgets.segmented import Option, Segmented
from ui.widgets.texts import Paragraph

_KINDS = (
    Option(PlaceKind.FOLDER, "共有フォルダ"),
    Option(PlaceKind.WEBDAV, "WebDAV"),
    Option(PlaceKind.S3, "S3"),
    Option(PlaceKind.AZURE, "Azure"),
)
_WHERE = {
    PlaceKind.FOLDER: ("フォルダ", ""),
    PlaceKind.WEBDAV: ("場所", "例: https://cloud.example.jp/remote.php/dav/files/sato/banso/"),
    PlaceKind.S3: ("バケット", "例: kitaguni-karte"),
    PlaceKind.AZURE: ("アカウント/コンテナー", "例: kitaguni/karte"),
}
_KEYS = {
    PlaceKind.WEBDAV: ("利用者名", "パスワード（アプリ用のもの）"),
    PlaceKind.S3: ("アクセスキー", "秘密のキー"),
    PlaceKind.AZURE: ("", "アカウントのキー、または SAS"),
}
_FOUND = {
    PlaceState.EMPTY: "つながりました。どのチームもまだ使っていないので、置き場にできます。",
    PlaceState.OURS: "つながりました。このチームの置き場です。",
    PlaceState.OTHERS: "つながりました。すでにほかのチームが使っています。",
}
_FOLDERS = "共有フォルダ、OneDrive・Box・Dropbox などの同期フォルダ、USBメモリーが使えます。"
_KEPT = "利用者名とキーは、この端末の鍵束にだけ入れます。"


class PlaceForm(QWidget):
    """`trial_asked` when the person wants to know whether it answers."""

    trial_asked = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dialog: FileDialog | None = None
        self._kind = Segmented(_KINDS, name="置き場の種類")
        self._kind.chosen.connect(self._kind_chosen)
        self._where = TextField()
        self._prefix = TextField(placeholder="なくてもかまいません")
        self._endpoint = TextField(placeholder="例: https://s3.example.jp")
        self._region = TextField(placeholder="例: ap-northeast-1")
        self._user, self._secret = TextField(), QLineEdit()
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._choose = Button("フォルダを選ぶ…")
        self._choose.clicked.connect(self._ask_for_folder)
        self._try = Button("つながるか試す")
        self._try.clicked.connect(self.trial_asked)
        self._answer = Paragraph("", Role.BODY, "sub")
        self.setFocusProxy(self._where)
        self._arrange()
        self._kind_chosen(PlaceKind.FOLDER)

    def entry(self) -> PlaceEntry:
        """What is entered."""
        for field in (self._where, self._prefix, self._endpoint, self._region, self._user):
            field.flush()
        return PlaceEntry(
            PlaceKind(self._kind.value()),
            self._where.text(),
            self._prefix.text(),
            self._endpoint.text(),
            self._region.text(),
            self._user.text(),
            self._secret.text(),
        )

    def address_fault(self) -> AppError | None:
        """What is wrong with the address, None for nothing."""
        try:
            _ = self.entry().address
        except AppError as fault:
            return fault
        return None

    def show_address(self, address: str) -> None:
        """Fill in a place that is known; what opens it is asked for anew."""
        entry = entry_of(address) if address else PlaceEntry(PlaceKind.FOLDER, "")
        self._kind.choose(entry.kind)
        self._kind_chosen(entry.kind)
        for field, text in (
            (self._where, entry.where),
            (self._prefix, entry.prefix),
            (self._endpoint, entry.endpoint),
            (self._region, entry.region),
        ):
            field.show_text(text)

    def show_state(self, state: PlaceState) -> None:
        """What the trial found."""
        self._answer.set_text(_FOUND[state])
        self._answer.show()

    def forget(self) -> None:
        """Leave no secret on the screen."""
        self._secret.clear()
        self._answer.hide()

    def _kind_chosen(self, value: str) -> None:
        kind = PlaceKind(value)
        label, hint = _WHERE[kind]
        self._where.setPlaceholderText(hint)
        self._where.setAccessibleName(label)
        self._labels[self._where].set_text(label)
        user, secret = _KEYS.get(kind, ("", ""))
        self._labels[self._user].set_text(user)
        self._labels[self._secret].set_text(secret)
        self._user.setAccessibleName(user)
        self._secret.setAccessibleName(secret)
        is_store = kind in {PlaceKind.S3, PlaceKind.AZURE}
        self._show(self._prefix, is_store)
        self._show(self._endpoint, is_store)
        self._show(self._region, kind is PlaceKind.S3)
        self._show(self._user, bool(user))
        self._show(self._secret, bool(secret))
        self._note.set_text(_KEPT if secret else _FOLDERS)
        self._choose.setVisible(kind is PlaceKind.FOLDER)
        self._answer.hide()
        self.edited.emit()

    def _show(self, field: QWidget, is_shown: bool) -> None:
        self._boxes[field].setVisible(is_shown)

    def _ask_for_folder(self) -> None:
        dialog = FileDialog(self, "置き場にするフォルダ", self._where.text() or str(Path.home()))
        dialog.choose_folder("ここにする")
        dialog.fileSelected.connect(self.choose_folder)
        dialog.open()
        self._dialog = dialog

    def choose_folder(self, path: str) -> None:
        """Take this folder."""
        self.show_address(path)
        self.edited.emit()

    def _arrange(self) -> None:
        self._labels: dict[QWidget, Paragraph] = {}
        self._boxes: dict[QWidget, QWidget] = {}
        kinds = row(spacing=12)
        put(kinds, self._kind, None)
        where = row(spacing=8)
        where.addWidget(self._box("", self._where), 1)
        where.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignBottom)
        whole = column(self, spacing=8)
        whole.addLayout(kinds)
        whole.addLayout(where)
        for pair in (
            (("先頭の名前", self._prefix), ("接続先（書かなければ本家）", self._endpoint)),
            (("地域", self._region),),
            (("", self._user), ("", self._secret)),
        ):
            across = row(spacing=12)
            for label, field in pair:
                across.addWidget(self._box(label, field), 1)
            whole.addLayout(across)
        self._note = Paragraph(_FOLDERS, Role.TABLE, "sub")
        trial = row(spacing=12)
        put(trial, self._try, self._answer, None)
        whole.addWidget(self._note)
        whole.addLayout(trial)

    def _box(self, label: str, field: QWidget) -> QWidget:
        box = QWidget()
        box.setFocusProxy(field)
        words = Paragraph(label, Role.TABLE, "sub")
        put(column(box, spacing=4), words, field)
        field.setAccessibleName(label)
        self._labels[field], self._boxes[field] = words, box
        return box
