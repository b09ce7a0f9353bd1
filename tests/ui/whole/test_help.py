"""F1 and Ctrl+F1 in every place, offline and in Japanese; the keys on one page of paper."""

import re

import pytest
from PySide6.QtWidgets import QApplication

from app.services.key_paper import key_paper
from build_spec.fitting import misfits
from build_spec.pictures import Look
from build_spec.screens import StillClock, settle, shots
from tests.ui.keyboard import press_key
from tests.ui.printing.reading import page_count, text_of
from ui.actions import COMMANDS
from ui.help_texts import _texts, help_for
from ui.key_list import LISTS, all_keys
from ui.navigation import Place, Route
from ui.program import Program
from ui.screens.company.view import TAB_WORDS
from ui.shell.help_panel import HelpPanel
from ui.theme.metrics import TextStep
from ui.widgets.chips import KeyCap
from ui.widgets.texts import Paragraph

KEY = re.compile(r"(?:Ctrl|Alt|Shift)\+[A-Za-z0-9]+|F\d+")


def test_every_screen_has_help(practice: Program) -> None:
    assert practice.services is not None
    for shot in shots(practice.services):
        assert help_for(shot.route).lines


def test_every_tab_of_a_company_has_help_of_its_own() -> None:
    named = {f"company.{tab}" for tab in TAB_WORDS if tab != "overview"}
    assert named <= set(_texts())


@pytest.mark.parametrize("name", _texts())
def test_help_is_short_and_names_only_keys_that_there_are(name: str) -> None:
    text = _texts()[name]
    known = {key for known in COMMANDS for key in (*known.keys, known.key)} | {key for key, _ in LISTS.keys}
    for line in text.lines:
        assert line.endswith("。")
        assert all(len(sentence) < 60 for sentence in line.split("。"))
        assert set(KEY.findall(line)) <= known, line


@pytest.mark.parametrize("step", [TextStep.STANDARD, TextStep.EXTRA_LARGE])
def test_f1_helps_and_esc_leads_back(practice: Program, step: TextStep) -> None:
    Look(1024, 520, step, "light").put_on(practice)
    window = practice.window
    window.open(Route(Place.COMPANIES))
    settle(practice)
    before = QApplication.focusWidget()
    assert before is not None
    press_key(before, "F1")
    settle(practice)
    (panel,) = window.findChildren(HelpPanel)
    said = [each.text() for each in panel.findChildren(Paragraph)]
    assert list(help_for(Route(Place.COMPANIES)).lines) == said
    assert misfits(window) == []
    focused = QApplication.focusWidget()
    assert focused is not None
    assert panel.isAncestorOf(focused)
    press_key(focused, "Esc")
    assert QApplication.focusWidget() is before


def test_ctrl_f1_lists_the_keys_that_work_here(practice: Program) -> None:
    window = practice.window
    window.activateWindow()
    window.open(Route(Place.COMPANIES))
    settle(practice)
    window.run_command("keys")
    panel = window.findChildren(HelpPanel)[-1]
    caps = {each.accessibleName() for each in panel.findChildren(KeyCap)}
    assert {"Ctrl+N", "Ctrl+K", "Ctrl+F1", "Tab"} <= caps
    assert "Ctrl+1" not in caps
    panel.dismiss()


def test_all_keys_stand_on_one_page_each_once() -> None:
    paper = key_paper(all_keys(), StillClock())
    assert paper.pages == page_count(paper.pdf) == 1
    listed = [key for group in all_keys() for key, _ in group.keys]
    assert len(listed) == len(set(listed))
    assert {known.key for known in COMMANDS if known.key} <= set(listed)
    text = text_of(paper.pdf)
    assert [key for key in listed if key not in text] == []
