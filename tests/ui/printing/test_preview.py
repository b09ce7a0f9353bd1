"""What is seen is what comes out: the same bytes, and only what the chosen 取扱 lets out."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from app.domain.terms import Confidentiality
from app.rows.printing import DocumentKind
from app.services.printed_files import put_files
from tests.ui.printing.conftest import Desk
from tests.ui.printing.reading import page_count, pictures_of, text_of
from ui.screens.printing.choices import DAYS
from ui.screens.printing.page_view import FIT_PAGE, FIT_WIDTH
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState


def pictures_in_view(desk: Desk) -> list[QImage]:
    """Each page as the preview shows it, one after the other."""
    view = desk.screen._preview.pages
    images = desk.screen._preview.images
    width = view._page_size().width()
    shown = []
    for number in range(images.count):
        view.go_to_page(number)
        desk.until(lambda number=number: (number, width) in images._pictures)
        shown.append(images._pictures[number, width].copy())
    return shown


def test_the_preview_shows_the_pages_of_the_saved_file(desk: Desk, tmp_path: Path) -> None:
    screen = desk.open(company_ids=desk.supported(), document="history")
    shown = pictures_in_view(desk)
    (path,) = put_files(screen._issuing._files, tmp_path / "out.pdf")
    assert shown == pictures_of(path.read_bytes(), shown[0].width())
    assert len(shown) >= 5


def test_one_file_each_shows_the_pages_of_all_files(desk: Desk, tmp_path: Path) -> None:
    desk.open(company_ids=desk.supported(), document="history")
    screen = desk.screen
    screen._chosen(replace(screen._choices, one_each=True))
    desk.until_shown()
    shown = pictures_in_view(desk)
    paths = put_files(screen._issuing._files, tmp_path / "folder")
    assert len(paths) == 5
    again = [picture for path in paths for picture in pictures_of(path.read_bytes(), shown[0].width())]
    assert shown == again


def test_merged_pages_count_through_the_file_and_those_of_one_company_do_not(desk: Desk) -> None:
    screen = desk.open(company_ids=desk.supported(), document="history")
    assert "全体1/" in text_of(screen._issuing._files[0].pdf)
    screen._chosen(replace(screen._choices, one_each=True))
    desk.until_shown()
    assert not any("全体1/" in text_of(file.pdf) for file in screen._issuing._files)


def test_a_more_open_level_takes_closed_text_off_the_pages(desk: Desk) -> None:
    screen = desk.open(company_ids=desk.supported(), document="history")
    closed = text_of(screen._issuing._files[0].pdf)
    screen._chosen(replace(screen._choices, level=Confidentiality.MEETING))
    desk.until_shown()
    opened = text_of(screen._issuing._files[0].pdf)
    assert "会議まで" in opened
    assert len(opened) < len(closed)
    assert screen._laid_out.prepared.left_out.closed > 0


@pytest.mark.parametrize("kind", list(DocumentKind), ids=lambda kind: kind.value)
def test_every_document_has_pages(desk: Desk, kind: DocumentKind) -> None:
    screen = desk.open(company_ids=desk.supported()[:1], document=str(kind))
    (file,) = screen._issuing._files
    assert file.pages == screen._preview.images.count == page_count(file.pdf)


def test_a_visit_asks_for_its_own_minutes(desk: Desk) -> None:
    company = desk.supported()[0]
    visit = desk.services.companies.card(company).course[0]
    screen = desk.open(company_ids=(company,), document="minutes", item_id=visit.id)
    assert screen._laid_out.prepared.request.session_id == visit.id
    assert len(screen._laid_out.prepared.documents) == 1


def test_nothing_to_print_is_told_with_a_way_out(desk: Desk) -> None:
    screen = desk.open(company_ids=desk.supported()[:1], document="history")
    screen._chosen(replace(screen._choices, period="2019"))
    desk.until(lambda: screen._preview._empty is not None)
    assert "頁がありません" in screen._preview._empty.accessibleName()
    assert screen._issuing._prepared is None
    screen._widen_period()
    desk.until_shown()
    assert screen._preview._empty is None


def test_keys_turn_pages_and_the_wheel_with_ctrl_zooms(desk: Desk) -> None:
    view = desk.open(company_ids=desk.supported(), document="history")._preview.pages
    last = desk.screen._preview.images.count - 1
    for key, page in ((Qt.Key.Key_PageDown, 1), (Qt.Key.Key_End, last), (Qt.Key.Key_Home, 0)):
        desk.qtbot.keyClick(view, key)
        assert view.page == page
    view.set_zoom(FIT_PAGE)
    narrow = view._page_size().width()
    view.set_zoom(FIT_WIDTH)
    assert view._page_size().width() > narrow
    assert view._page_size().height() > view.viewport().height() > 0


def test_another_size_keeps_the_page_in_view(desk: Desk) -> None:
    view = desk.open(company_ids=desk.supported(), document="history")._preview.pages
    view.go_to_page(3)
    view.set_zoom(FIT_PAGE)
    assert view.page == 3


def test_a_locked_window_keeps_no_pages(desk: Desk) -> None:
    screen = desk.open(company_ids=desk.supported(), document="history")
    screen.leave()
    assert screen._preview.images.count == 0
    assert not screen._preview.images._pictures
    screen.restore(screen.memory())
    desk.until_shown()
    assert screen._preview.images.count > 0


def test_characters_without_a_shape_are_told_before_printing(desk: Desk) -> None:
    company = desk.supported()[0]
    form = desk.services.companies.form(company)
    desk.services.companies.change(form.form, {"name": "\U0001f600製作所"})
    screen = desk.open(company_ids=(company,), document="history")
    told = " ".join(str(fact) for fact in screen.heading().facts)
    assert "印刷できない文字 1種類" in told
    assert "U+1F600" in screen._options._checks.model().index(0).data()


def test_companies_without_a_page_are_named_before_printing(desk: Desk) -> None:
    rows = desk.services.companies.list_rows()
    screen = desk.open(company_ids=tuple(row.id for row in rows), document="history")
    day = desk.services.companies.card(rows[0].id).course[0].starts_at.date()
    screen._chosen(replace(screen._choices, period=DAYS, since=day, until=day))
    desk.until_shown()
    empty = screen._laid_out.prepared.empty_companies
    named = screen._options._checks.model().index(0).data()
    assert empty
    assert next(row.name for row in rows if row.id in empty) in named


def test_with_no_company_there_is_nothing_to_print_and_its_buttons_say_so(desk: Desk) -> None:
    screen = desk.open(company_ids=desk.supported()[:1])
    buttons = {name: desk.program.window.findChild(Button, name) for name in ("issue", "write_out")}
    assert all(button.isEnabled() for button in buttons.values())
    screen._companies_picked(())
    desk.until(lambda: bool(screen.findChildren(EmptyState)))
    assert not any(button.isEnabled() for button in buttons.values())
    screen._companies_picked(desk.supported()[:1])
    assert all(button.isEnabled() for button in buttons.values())
