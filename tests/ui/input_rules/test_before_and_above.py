"""The same rules where no screen is: first run, unlocking, backups, the palette; and at lock and end."""

from collections.abc import Callable

import pytest

from app.services.directory import Services
from tests.ui.input_rules.editors import caret_of, editors, name_of, text_of
from tests.ui.input_rules.spots import fill
from tests.ui.input_rules.test_every_editor import KEYS, OTHER_KEYS, READING
from tests.ui.keyboard import commit_text, convert_text, press_key
from tests.ui.program.house import PASSPHRASE, House
from tests.ui.restore.test_restore import at_the_backups, torn
from ui.input_method import conversion
from ui.navigation import Place, Route
from ui.screens.first_run.page import FirstRunPage


def at_the_first_run(house: House) -> None:
    house.start()
    house.wait_until(lambda: bool(house.shown(FirstRunPage)))


def at_the_24_words(house: House) -> None:
    house.make_store()
    program = house.start()
    house.wait_until(lambda: program.entrance.is_asking)
    house.click("紙の24語で開く")


def at_the_words_for_a_backup(house: House) -> None:
    torn(house)
    at_the_backups(house)
    house.click("紙の24語で戻す")


def at_the_palette(house: House) -> None:
    house.make_store()
    house.start_and_open()
    house.press("Ctrl+K")


@pytest.mark.parametrize(
    "come_to", [at_the_first_run, at_the_24_words, at_the_words_for_a_backup, at_the_palette]
)
def test_only_the_conversion_reacts(house: House, come_to: Callable[[House], None]) -> None:
    come_to(house)
    assert house.program is not None
    found = list(editors(house.program.window))
    assert found
    wrong = []
    for editor in found:
        editor.setFocus()
        before = text_of(editor)
        convert_text(editor, READING)
        caret = caret_of(editor)
        for keys in (*KEYS, *OTHER_KEYS):
            press_key(editor, keys)
            if not editor.hasFocus() or conversion().preedit != READING:
                wrong.append(f"{name_of(editor)}: {keys}")
        if (text_of(editor), caret_of(editor)) != (before, caret):
            wrong.append(f"{name_of(editor)}: text or caret were touched")
        commit_text(editor, "変換")
        if "変換" not in text_of(editor):
            wrong.append(f"{name_of(editor)}: {text_of(editor)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("end", ["lock", "close"])
@pytest.mark.parametrize("spot", ["visit", "intake"])
def test_what_is_being_converted_is_on_disk_after_lock_and_end(house: House, end: str, spot: str) -> None:
    house.make_store()
    program = house.start_and_open()
    assert program.services is not None
    filled = fill(program.services)
    item = filled.session if spot == "visit" else None
    tab = "sessions" if spot == "visit" else "intake"
    program.window.open(Route(Place.COMPANIES, filled.company, tab, item))
    house.settle()
    house.convert(READING)
    if end == "lock":
        house.press("Ctrl+S")  # belongs to the conversion
        program.lock()
        house.settle()
    else:
        house.close()
        program = house.start_and_open()
    assert program.services is not None
    assert is_written(program.services, READING)


@pytest.mark.parametrize("spot", ["visit", "overview", "intake", "analysis", "plan"])
def test_undo_goes_on_after_the_lock(house: House, spot: str) -> None:
    house.make_store()
    program = house.start_and_open()
    assert program.services is not None
    services = program.services
    filled = fill(services)
    item = filled.session if spot == "visit" else None
    tab = {"visit": "sessions", "overview": None}.get(spot, spot)
    program.window.open(Route(Place.COMPANIES, filled.company, tab, item))
    house.settle()
    if spot == "visit":
        house.commit("打った文")
    else:
        services.companies.set_aim(filled.company, "打った文")
    house.settle()
    program.lock()
    house.settle()
    house.wait_until(lambda: program.entrance.is_asking)
    house.enter(PASSPHRASE)
    house.press("Return")
    house.wait_until(lambda: not program.window.is_locked)
    house.settle()
    house.press("Ctrl+Z")
    house.settle()
    assert not is_written(services, "打った文")
    house.press("Ctrl+Y")
    house.settle()
    assert is_written(services, "打った文")


def is_written(services: Services, text: str) -> bool:
    with services.place.reading() as reading:
        kept = [found["text"] for found in reading.records("note_line")]
        kept += [found["aim"] for found in reading.records("engagement")]
        kept += [found["name"] for found in reading.records("company")]
    return any(text in (each or "") for each in kept)
