"""The tab 資料: files in by choosing or dropping, small pictures, words, copies, what is not here yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage, QPainter

from app.rows.attachments import AttachmentRow
from tests.ui.company.desk import ENTRY, Desk
from ui.screens.company.files.file_page import FilePage, PicturePane
from ui.screens.company.files.pictures import picture_of, small_picture
from ui.screens.company.files.tab import FilesTab
from ui.widgets.buttons import Button
from ui.widgets.fields.text_field import TextField
from ui.widgets.file_dialog import FileDialog
from ui.widgets.row_table import RowTable


def photo_bytes(width: int = 400, height: int = 300) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#a0b0c0"))
    painter = QPainter(image)
    painter.fillRect(40, 40, 120, 120, QColor("#c02020"))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


@pytest.fixture
def given(tmp_path: Path) -> list[Path]:
    photo, drawing = tmp_path / "現場の写真.jpg", tmp_path / "図面.txt"
    photo.write_bytes(photo_bytes())
    drawing.write_bytes("寸法".encode())
    return [photo, drawing]


@pytest.fixture
def company_id(desk: Desk) -> str:
    return desk.services.companies.register(ENTRY)


def tab_of(desk: Desk) -> FilesTab:
    return next(each for each in desk.window.findChildren(FilesTab) if each.isVisible())


def table_of(desk: Desk) -> RowTable:
    return next(each for each in tab_of(desk).findChildren(RowTable) if each.isVisible())


def page_of(desk: Desk) -> FilePage:
    return desk.window.findChildren(FilePage)[0]


def button(desk: Desk, word: str) -> Button:
    return next(
        each
        for each in desk.window.findChildren(Button)
        if each.isVisible() and each.label().startswith(word)
    )


def drop(tab: FilesTab, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    tab.dropEvent(QDropEvent(QPointF(10, 10), copy, data, left, none))


def chosen(desk: Desk) -> FileDialog:
    return next(each for each in desk.window.findChildren(FileDialog) if each.isVisible())


def close_dialog(desk: Desk) -> None:
    chosen(desk).reject()
    desk.settle()
    desk.window.activateWindow()
    desk.wait_until(desk.window.isActiveWindow)


def files(desk: Desk, company_id: str) -> tuple[AttachmentRow, ...]:
    return desk.services.attachments.sheet(company_id).rows


def test_dropped_files_are_taken_in_with_small_pictures(
    desk: Desk, company_id: str, given: list[Path]
) -> None:
    desk.open_company(company_id, "files")
    drop(tab_of(desk), given)
    desk.settle()
    rows = files(desk, company_id)
    assert sorted(row.name for row in rows) == ["図面.txt", "現場の写真.jpg"]
    assert [bool(row.picture) for row in rows] == [row.is_picture for row in rows]
    assert table_of(desk).model().rowCount() == 2


def test_files_are_chosen_by_keyboard_and_named_in_the_panel(
    desk: Desk, company_id: str, given: list[Path]
) -> None:
    desk.open_company(company_id, "files")
    desk.press("Ctrl+N")
    chosen(desk).filesSelected.emit([str(given[0])])
    close_dialog(desk)
    table_of(desk).setFocus()
    desk.press("F2")
    desk.type("治具の写真.jpg")
    desk.press("Return")
    desk.settle()
    (row,) = files(desk, company_id)
    assert row.name == "治具の写真.jpg"


def test_a_photo_fills_the_tab_and_esc_goes_back(desk: Desk, company_id: str, given: list[Path]) -> None:
    desk.services.attachments.add(company_id, given[:1])
    desk.open_company(company_id, "files")
    desk.settle()
    table_of(desk).setFocus()
    desk.press("Return")
    desk.settle()
    (large,) = [each for each in tab_of(desk).findChildren(PicturePane) if each.isVisible()]
    assert large.accessibleName() == "写真"
    desk.press("Escape")
    assert table_of(desk).hasFocus()


def test_a_copy_is_saved_with_a_plain_warning_and_noted(
    desk: Desk, company_id: str, given: list[Path], tmp_path: Path
) -> None:
    desk.services.attachments.add(company_id, given[1:])
    desk.open_company(company_id, "files")
    desk.settle()
    assert "写しは暗号化されません" in page_of(desk)._warning.text()
    button(desk, "写しを保存").click()
    chosen(desk).fileSelected.emit(str(tmp_path / "copy.txt"))
    close_dialog(desk)
    assert (tmp_path / "copy.txt").read_bytes() == "寸法".encode()


def test_what_is_not_here_shows_its_size_before_it_is_asked_for(
    desk: Desk, company_id: str, given: list[Path]
) -> None:
    desk.services.attachments.add(company_id, given[1:])
    for path in desk.services.folder.blobs.glob("*/*.osy"):
        path.write_bytes(b"")
    with pytest.raises(Exception, match="not_here"):
        desk.services.attachments.content(files(desk, company_id)[0].id)
    with desk.services.place.store.writing_raw() as connection:
        connection.exec_driver_sql("UPDATE blob SET is_wanted=0")
    desk.open_company(company_id, "files")
    desk.settle()
    assert button(desk, "取り寄せる").label() == "取り寄せる (6 バイト)"
    button(desk, "すべて取り寄せる").click()
    desk.settle()
    assert files(desk, company_id)[0].is_coming


def test_del_moves_to_the_bin_and_undo_brings_back(desk: Desk, company_id: str, given: list[Path]) -> None:
    desk.services.attachments.add(company_id, given)
    desk.open_company(company_id, "files")
    desk.settle()
    table_of(desk).setFocus()
    desk.press("Delete")
    desk.settle()
    assert len(files(desk, company_id)) == 1
    desk.press("Ctrl+Z")
    desk.settle()
    assert len(files(desk, company_id)) == 2


def test_what_is_typed_into_a_note_is_saved_when_the_tab_is_left(
    desk: Desk, company_id: str, given: list[Path]
) -> None:
    desk.services.attachments.add(company_id, given[:1])
    desk.open_company(company_id, "files")
    desk.settle()
    page_of(desk)._note.setFocus()
    desk.type("治具の右側")
    desk.press("Alt+1")
    desk.settle()
    assert files(desk, company_id)[0].note == "治具の右側"
    assert isinstance(page_of(desk)._name, TextField)


def test_a_picture_is_read_no_larger_than_it_is_shown(desk: Desk) -> None:
    content = photo_bytes(4000, 3000)
    small = QImage.fromData(small_picture(content))
    assert (small.width(), small.height()) == (192, 144)
    assert picture_of(b"no picture", small.size()).isNull()
    assert small_picture(b"no picture") == b""
