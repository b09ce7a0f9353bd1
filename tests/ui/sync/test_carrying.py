"""持出しと読込み in the window: files out and in, and the record to print."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app.rows.carrying import CarryRequest, CarryScope, CarryWay
from app.services.carrying import CarryService
from tests.services.records import change
from tests.ui.sync.conftest import Team
from ui.navigation import Place, Route
from ui.screens.sync.carry_page import CarryPage
from ui.widgets.row_list import RowList


def page(team: Team) -> CarryPage:
    program = team.house.program
    assert program is not None
    program.window.open(Route(Place.SYNC, tab="carry"))
    team.house.settle()
    (found,) = team.house.shown(CarryPage)
    return found


def test_files_go_out_with_a_record_to_print(team: Team, tmp_path: Path) -> None:
    house = team.house
    program = house.start_and_open()
    assert program.services is not None
    change(program.services.place, "company", team.company, name="北国工業所")
    carry = page(team)
    assert carry._outlook.text().startswith("変更 ")
    house.click("フォルダを選んで持ち出す…")
    assert "渡す先を書いてください" in carry._form.problems()[0]
    carry._receiver.setFocus()
    house.enter("伊藤様")
    carry._way.choose("mail")
    carry._way_chosen("mail")
    assert carry._most.number() == 7
    carry._receiver.flush()
    carry.carry_out(str(tmp_path / "stick"))
    house.settle()
    assert "持出し記録を印刷" in house.words()
    house.press("Escape")
    (before,) = [each for each in house.shown(RowList) if each.accessibleName() == "これまでの持出し"]
    assert before.model().rowCount() == 1
    assert CarryService(team.other).carry_in([tmp_path / "stick"]).changes == 1


def test_a_size_that_is_no_number_is_asked_for_again_before_anything_goes_out(team: Team) -> None:
    team.house.start_and_open()
    carry = page(team)
    carry._receiver.setFocus()
    team.house.enter("伊藤様")
    carry._most.setFocus()
    team.house.enter("7MBくらい")
    team.house.click("フォルダを選んで持ち出す…")
    assert carry.findChildren(QFileDialog) == []
    assert carry._most.hasFocus()


def test_files_come_in_and_what_is_wrong_with_one_is_told(team: Team, tmp_path: Path) -> None:
    house = team.house
    change(team.other, "company", team.company, name="南国工業")
    request = CarryRequest("佐藤様", CarryWay.STICK, CarryScope())
    paths = CarryService(team.other).carry_out(request, tmp_path / "stick").paths
    program = house.start_and_open()
    carry = page(team)
    carry.carry_in([str(path) for path in paths])
    house.settle()
    assert carry._taken.text().startswith("伊藤さんの端末から、新しい変更 1件を読み込みました。")
    assert program.services is not None
    assert program.services.companies.card(team.company).name == "南国工業"
    odd = tmp_path / "odd.banso-carry"
    odd.write_bytes(b"x" * 999)
    carry.carry_in([str(odd)])
    house.wait_for_message("E-750")
