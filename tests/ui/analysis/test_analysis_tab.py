"""S06 分析 walked by keyboard: from what was said to seeds, issues and the plan, and back."""

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.terms import Confidentiality, Protection, SecrecyState, SeedKind
from tests.ui.analysis.walk import Walk
from tests.ui.company.desk import ENTRY, Desk
from ui.navigation import Place, Route
from ui.screens.analysis.issue_page import IssuePage
from ui.screens.analysis.seed_page import SeedPage
from ui.theme.metrics import TextStep
from ui.theme.theme import theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields.check_field import CheckField
from ui.widgets.fields.choice_field import ChoiceField
from ui.widgets.texts import Paragraph

FACT, ISSUE = "主力は切削。売上の6割が1社に集中", "図面を渡した先が似た治具を作る不安"
DECISION = "焼入れ条件は社内の秘密にする"


@pytest.fixture
def walk(desk: Desk) -> Walk:
    return Walk(desk)


def test_lines_wait_with_their_marks_and_a_secret_one_shows_nothing(walk: Walk) -> None:
    assert walk.titles("面談の行") == [FACT, ISSUE, "秘密の行", DECISION]
    assert [row.mark for row in walk.rows("面談の行")] == ["fact", "issue", "secret", "decision"]
    assert all("820" not in row.spoken for row in walk.rows("面談の行"))


def test_space_makes_a_seed_of_a_line_and_the_next_line_has_the_focus(walk: Walk) -> None:
    walk.press("Down", "Down", "Down", "Space", "2")
    (seed,) = walk.sheet().seeds
    assert (seed.name, seed.kind) == (DECISION, SeedKind.KNOW_HOW)
    assert walk.titles("面談の行") == [FACT, ISSUE, "秘密の行"]
    assert walk.desk.focused().current_key()
    assert walk.titles("知財の種") == [DECISION]
    assert walk.titles("根拠の行") == [DECISION]


def test_a_secret_line_lends_no_words(walk: Walk) -> None:
    walk.press("Down", "Down", "Space", "1")
    assert walk.titles("知財の種") == ["秘密の行による知財の種"]
    assert walk.titles("根拠の行") == ["秘密の行"]


def test_the_second_line_goes_below_the_chosen_seed_by_enter(walk: Walk) -> None:
    walk.press("Space", "1", "Space", "Return")
    (seed,) = walk.sheet().seeds
    assert seed.evidence == (walk.line_ids[FACT], walk.line_ids[ISSUE])
    assert walk.rows("知財の種")[0].right == "根拠 2"


def test_a_line_tells_what_rests_on_it_and_the_seed_tells_of_the_line(walk: Walk) -> None:
    walk.press("Space", "1")
    walk.tab._lines.show_scope("every")
    walk.tab._lines.go_to(walk.line_ids[FACT])
    assert f"→ {FACT}" in walk.rows("面談の行")[0].detail
    assert walk.rows("知財の種")[0].right == "この行が根拠"


def test_a_line_of_the_evidence_opens_the_session_there(walk: Walk) -> None:
    walk.press("Space", "1")
    evidence = walk.tab._seed_page._evidence.list
    evidence.setFocus()
    walk.press("Return")
    line_id = walk.line_ids[FACT]
    expected = Route(
        Place.COMPANIES, walk.company_id, tab="sessions", item_id=walk.session_id, anchor=line_id
    )
    assert walk.desk.window.route() == expected
    walk.press("Alt+Left")
    assert walk.desk.window.route() == Route(Place.COMPANIES, walk.company_id, tab="analysis")
    assert walk.tab._presenter.item_id == walk.sheet().seeds[0].id


def test_evidence_goes_by_del_and_comes_back_by_ctrl_z(walk: Walk) -> None:
    walk.press("Space", "1")
    walk.tab._seed_page._evidence.list.setFocus()
    walk.press("Del")
    assert walk.sheet().seeds[0].evidence == ()
    walk.press("Ctrl+Z")
    assert walk.sheet().seeds[0].evidence == (walk.line_ids[FACT],)


def test_ctrl_n_asks_for_kind_and_name(walk: Walk) -> None:
    walk.press("Ctrl+N", "3")
    walk.desk.type("北匠")
    walk.press("Return")
    (seed,) = walk.sheet().seeds
    assert (seed.name, seed.kind) == ("北匠", SeedKind.BRAND)
    assert walk.tab._seed_page.item_id() == seed.id


def test_enter_that_ends_a_conversion_adds_nothing(walk: Walk) -> None:
    walk.press("Ctrl+N", "3")
    walk.desk.convert("ほくしょう")
    walk.press("Return")
    assert walk.sheet().seeds == ()


def test_a_name_left_behind_becomes_a_seed(walk: Walk) -> None:
    walk.press("Ctrl+N", "1")
    walk.desk.type("治具A")
    walk.desk.open(Route(Place.TODAY))
    assert [seed.name for seed in walk.sheet().seeds] == ["治具A"]


def test_a_secret_seed_shows_its_three_requirements_and_keeps_what_is_written(walk: Walk) -> None:
    walk.press("Space", "2")
    page = walk.desk.window.findChild(SeedPage)
    walk.press("Ctrl+J", "Right", "Right")
    (seed,) = walk.sheet().seeds
    assert seed.protection is Protection.SECRET
    assert page._secrecy.isVisible()
    row = page._secrecy._rows["managed"]
    row.note.setFocus()
    walk.desk.type("台帳に表示なし")
    row.state.setFocus()
    walk.press("Up")
    (seed,) = walk.sheet().seeds
    managed = next(each for each in seed.requirements if each.code == "managed")
    assert (managed.note, managed.state) == ("台帳に表示なし", SecrecyState.NOT_MET)


def test_the_name_is_edited_by_f2_and_never_left_empty(walk: Walk) -> None:
    walk.press("Space", "1", "F2")
    walk.desk.type("切削の工程")
    walk.press("Tab")
    assert walk.sheet().seeds[0].name == "切削の工程"
    walk.press("F2", "Del", "Tab")
    assert walk.sheet().seeds[0].name == "切削の工程"
    assert walk.desk.window.findChild(SeedPage).words.text() == "切削の工程"


def test_typing_is_not_replaced_by_what_changes_elsewhere(walk: Walk) -> None:
    walk.press("Space", "1", "F2")
    walk.desk.type("書きかけ")
    seed_id = walk.sheet().seeds[0].id
    walk.desk.services.analysis.change("ip_seed", seed_id, {"protection_reason": "別の端末で"})
    walk.desk.settle()
    page = walk.desk.window.findChild(SeedPage)
    assert page.words.text() == "書きかけ"
    assert page.findChild(type(page._fields["protection_reason"]), "protection_reason").text() == "別の端末で"


def test_a_deleted_seed_comes_back_from_the_toast(walk: Walk) -> None:
    walk.press("Space", "1", "Right", "Del")
    assert walk.sheet().seeds == ()
    assert FACT in walk.desk.toast()
    walk.desk.window._notices.toast.undo()
    walk.desk.settle()
    assert walk.titles("知財の種") == [FACT]


def test_ctrl_enter_puts_the_chosen_item_into_the_plan_once(walk: Walk) -> None:
    walk.press("Space", "1", "Ctrl+Return")
    assert walk.desk.toast() == "計画に入れました"
    assert len(walk.rows("すること")) == 1
    walk.press("Ctrl+Return")
    assert walk.desk.toast() == "もう計画に入っています"
    assert len(walk.sheet().seeds[0].actions) == 1


def test_without_an_item_ctrl_enter_says_what_to_do(walk: Walk) -> None:
    walk.press("Ctrl+Return")
    assert "選ぶと" in walk.desk.toast()


def test_an_issue_gets_its_management_issue_and_the_perspectives_that_fit_come_first(walk: Walk) -> None:
    walk.press("Down", "Space", "7")
    page = walk.desk.window.findChild(IssuePage)
    walk.press("Ctrl+J")
    management = walk.desk.focused()
    assert isinstance(management, ChoiceField)
    management.setCurrentIndex(management.findData("M6"))
    management.activated.emit(management.currentIndex())
    walk.desk.settle()
    (issue,) = walk.sheet().issues
    assert (issue.title, issue.management_code) == (ISSUE, "M6")
    assert page._ticks._order[0] == "CON"
    assert len(page._ticks._order) == 21
    contract = next(each for each in page.findChildren(CheckField) if each.text() == "契約")
    contract.setFocus()
    walk.press("Space")
    assert walk.sheet().issues[0].perspective_codes == ("CON",)
    shown = [each.text() for each in page._measures.findChildren(Paragraph) if each.isVisibleTo(page)]
    assert "共同開発を始める" in shown
    assert not any(character.isdigit() for character in "".join(shown))


def test_an_item_has_the_level_of_its_company_until_it_has_its_own(walk: Walk) -> None:
    walk.press("Space", "1")
    page = walk.desk.window.findChild(SeedPage)
    assert page._level.currentText() == "担当者限り (企業と同じ)"
    page._level_chosen("meeting")
    walk.desk.settle()
    assert walk.sheet().seeds[0].level is Confidentiality.MEETING
    page._level_chosen("")
    walk.desk.settle()
    assert walk.sheet().seeds[0].level is None


def test_arrows_go_from_column_to_column_also_where_two_share_a_place(walk: Walk) -> None:
    walk.press("Space", "1")
    walk.desk.window.resize(1024, 520)
    walk.desk.settle()
    for keys, name in (("Right", "知財の種"), ("Left", "面談の行")):
        walk.press(keys)
        assert walk.desk.focused().accessibleName() == name
        assert walk.desk.focused().isVisible()


def test_a_company_without_lines_says_how_it_begins(desk: Desk) -> None:
    company_id = desk.services.companies.register({**ENTRY, "corporate_number": None})
    desk.open_company(company_id, "analysis")
    shown = [each.accessibleName() for each in desk.window.findChildren(EmptyState) if each.isVisible()]
    assert "まだ行がありません 面談の行から知財の種を拾います。" in shown


def test_nothing_of_one_company_stands_below_the_name_of_another(walk: Walk) -> None:
    walk.press("Space", "1")
    other = walk.desk.services.companies.register({**ENTRY, "name": "青葉食品", "corporate_number": None})
    walk.desk.window.open(Route(Place.COMPANIES, other, tab="analysis"))
    assert walk.titles("面談の行") == []
    assert not walk.desk.window.findChild(SeedPage).isVisible()
    walk.desk.settle()


def test_esc_closes_the_menu_and_makes_nothing(walk: Walk) -> None:
    walk.press("Space")
    assert QApplication.activePopupWidget() is not None
    walk.press("Esc")
    assert QApplication.activePopupWidget() is None
    assert walk.sheet().seeds == ()


def test_at_the_largest_text_one_column_after_the_other_is_reached_by_keys(walk: Walk) -> None:
    walk.press("Space", "1")
    theme().apply("light", TextStep.EXTRA_LARGE)
    walk.desk.window.resize(1024, 520)
    walk.desk.settle()
    page = walk.desk.window.findChild(SeedPage)
    assert not page.isVisible()
    walk.press("Right")
    assert walk.desk.focused().accessibleName() == "知財の種"
    walk.press("Right")
    assert page.isVisible()
    assert page.minimumSizeHint().width() <= walk.tab.width()
    assert page.isAncestorOf(walk.desk.focused())


def test_before_an_item_is_chosen_the_right_column_says_so_in_sight(walk: Walk) -> None:
    (empty,) = [each for each in walk.tab.findChildren(EmptyState) if each is walk.tab._nothing]
    assert empty.isVisible()
    assert empty.height() <= walk.tab.height()
    walk.press("Ctrl+Return")
    assert walk.desk.toast() == "知財の種か課題を選ぶと、計画に入れられます"


def test_an_issue_without_perspectives_has_no_dangling_slash(walk: Walk) -> None:
    walk.tab._items.ask_new("")
    walk.desk.type("価格を決められない")
    walk.press("Return")
    assert [row.detail for row in walk.rows("課題")] == ["経営課題 未定"]
