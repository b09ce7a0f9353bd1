"""From the preview to paper and files: by keyboard, with the same bytes, remembered and noted."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from app.domain.terms import Confidentiality
from tests.ui.printing.conftest import Desk
from tests.ui.printing.reading import page_count, text_of
from ui.navigation import Place, Route
from ui.printing import saving
from ui.widgets.buttons import Button


@pytest.fixture
def chosen_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The person takes what the dialogs offer, in this folder."""
    folder = tmp_path / "chosen"
    folder.mkdir()
    monkeypatch.setattr(
        saving, "ask_for_file", lambda parent, at, name, chosen: chosen(str(folder / f"{name}.pdf"))
    )
    monkeypatch.setattr(saving, "ask_for_folder", lambda parent, at, chosen: chosen(str(folder)))
    return folder


def test_ctrl_p_and_enter_print_a_company(desk: Desk) -> None:
    company = desk.supported()[0]
    desk.go(Route(Place.COMPANIES, company_id=company))
    desk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    desk.until_shown()
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: len(desk.issued()) == 1)
    (job,) = desk.jobs()
    assert job == desk.screen._issuing._files[0].pdf
    assert desk.issued()[0]["destination"] == "print"
    assert desk.issued()[0]["company_id"] == company


def test_enter_before_the_pages_are_there_prints_them_when_they_are(desk: Desk) -> None:
    desk.go(Route(Place.DOCUMENTS, company_ids=desk.supported()[:1], document="history"))
    desk.program.window.run_command("issue")
    assert desk.jobs() == []
    desk.until(desk.issued)
    assert desk.jobs() == [desk.screen._issuing._files[0].pdf]


def test_ctrl_p_held_too_long_prints_nothing(desk: Desk) -> None:
    desk.open(company_ids=desk.supported()[:1], document="history")
    desk.program.window.run_command("print")
    assert isinstance(desk.focused(), Button)
    assert desk.screen._issuing._run is None


def test_the_printer_is_told_paper_sides_copies_and_a_title_without_names(desk: Desk) -> None:
    screen = desk.open(company_ids=desk.supported()[:1], document="history")
    screen._options.printer._sides.click()
    screen._options.printer._copies.show_number(3)
    screen._print()
    desk.until(desk.issued)
    told = (desk.printed / "args-000").read_text(encoding="utf-8").split("\n")
    assert told[:8] == ["-d", "shared", "-n", "3", "-o", "media=A4", "-o", "sides=one-sided"]
    assert told[8:11] == ["-t", f"支援経過記録 ({screen._laid_out.prepared.pages}頁)", "-"]


def test_one_file_each_is_one_job_each(desk: Desk) -> None:
    screen = desk.open(company_ids=desk.supported(), document="history")
    screen._chosen(replace(screen._choices, one_each=True))
    desk.until_shown()
    screen._print()
    desk.until(lambda: len(desk.issued()) == 5)
    assert desk.jobs() == [file.pdf for file in screen._issuing._files]


def test_ctrl_e_saves_what_is_in_view(desk: Desk, chosen_place: Path) -> None:
    screen = desk.open(company_ids=desk.supported(), document="history")
    desk.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: len(desk.issued()) == 5)
    (path,) = chosen_place.iterdir()
    assert path.name == "支援経過記録_5社_担当者限り_20260722.pdf"
    assert path.read_bytes() == screen._issuing._files[0].pdf
    assert desk.program.settings.pdf_folder == str(chosen_place)


def test_one_file_each_saves_a_file_for_each_company(desk: Desk, chosen_place: Path) -> None:
    screen = desk.open(company_ids=desk.supported(), document="plan")
    screen._chosen(replace(screen._choices, one_each=True))
    screen._save()
    desk.until(lambda: len(desk.issued()) == 5)
    paths = list(chosen_place.iterdir())
    assert len(paths) == 5
    assert sum(page_count(path.read_bytes()) for path in paths) == screen._laid_out.prepared.pages


def test_how_it_was_printed_is_remembered_by_kind(desk: Desk, chosen_place: Path, tmp_path: Path) -> None:
    screen = desk.open(company_ids=desk.supported(), document="history")
    screen._chosen(replace(screen._choices, level=Confidentiality.MEETING, period="all"))
    screen._save()
    desk.until(desk.issued)
    screen = desk.open()
    assert screen._choices.level is Confidentiality.MEETING
    assert screen._choices.period == "all"
    assert screen._choices.company_ids == desk.supported()
    assert any("前回と同じ (7/22)" in str(fact) for fact in screen.heading().facts)
    assert desk.open(document="minutes")._choices.level is Confidentiality.ASSIGNED
    desk.until((tmp_path / "settings.json").exists)
    kept = json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))
    assert kept["print_uses"]["history"]["level"] == "meeting"


def test_choices_can_be_brought_back_to_the_last_use(desk: Desk, chosen_place: Path) -> None:
    screen = desk.open(company_ids=desk.supported(), document="history")
    screen._save()
    desk.until(desk.issued)
    screen._chosen(replace(screen._choices, level=Confidentiality.PUBLIC))
    assert not screen._options._last_use.isHidden()
    screen._options._last_use.click()
    assert screen._choices.level is Confidentiality.ASSIGNED
    assert screen._options._last_use.isHidden()


def test_without_a_printer_the_same_pages_become_a_pdf(desk: Desk, chosen_place: Path) -> None:
    shutil.rmtree(desk.printed.parent / "bin")
    screen = desk.open(company_ids=desk.supported()[:1], document="history")
    desk.until(lambda: not screen._issuing._printers)
    screen._issuing._show_printers(())
    screen._print()
    assert screen._message_bar._number.text() == "E-302"
    desk.until(desk.issued)
    assert len(list(chosen_place.iterdir())) == 1


def test_a_printer_that_is_gone_is_told_and_can_be_tried_again(desk: Desk) -> None:
    screen = desk.open(company_ids=desk.supported(), document="history")
    screen._chosen(replace(screen._choices, one_each=True))
    desk.until_shown()
    lp = desk.printed.parent / "bin" / "lp"
    working = lp.read_text(encoding="utf-8")
    lp.write_text(f"#!/bin/sh\n[ -e {desk.printed}/job-001.pdf ] && exit 1\n{working}", encoding="utf-8")
    screen._print()
    desk.until(lambda: screen._message_bar.isVisible())
    assert screen._message_bar._number.text() == "E-301"
    assert desk.issued() == []
    lp.write_text(working, encoding="utf-8")
    screen._message_bar._action.click()
    desk.until(desk.issued)
    taken = [job for job in desk.jobs() if job]
    assert taken == [file.pdf for file in screen._issuing._files]


def test_companies_are_ticked_by_keyboard(desk: Desk) -> None:
    screen = desk.open(company_ids=desk.supported(), document="history")
    name = desk.services.companies.card(desk.supported()[1]).name
    screen._options.companies.setFocus()
    desk.press(Qt.Key.Key_F4)
    assert desk.focused() is screen._picker._search
    screen._picker._none.click()
    QApplication.sendEvent(screen._picker._search, QInputMethodEvent(name, []))
    desk.press(Qt.Key.Key_Return)
    assert screen._picker.isVisible()
    committed = QInputMethodEvent()
    committed.setCommitString(name)
    QApplication.sendEvent(screen._picker._search, committed)
    desk.until(lambda: screen._picker._list.current_key() or screen._picker._list.model().rowCount() == 2)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Return)
    desk.until_shown()
    assert screen._choices.company_ids == (desk.supported()[1],)
    assert name in text_of(screen._issuing._files[0].pdf)


def test_changes_of_records_come_onto_the_pages(desk: Desk) -> None:
    company = desk.supported()[0]
    screen = desk.open(company_ids=(company,), document="history")
    form = desk.services.companies.form(company)
    desk.services.companies.change(form.form, {"name": "改めた名の株式会社"})
    desk.until(lambda: "改めた名の株式会社" in text_of(screen._issuing._files[0].pdf))
