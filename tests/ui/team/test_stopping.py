"""A stolen laptop: six keys, by any member, and honest words (design-ux 1e)."""

from pathlib import Path

from app.domain.terms import DeviceStatus
from app.passphrase_tries import TRIES_BEFORE_WAIT
from tests.services.records import change
from tests.ui.company.desk import ENTRY
from tests.ui.program.house import PASSPHRASE, House
from tests.ui.team.rooms import create_team, enter, open_house, page, sharing
from tests.ui.team.teams import Other, admit
from ui.navigation import Place, Route
from ui.printing.paper_panel import PaperPanel
from ui.screens.team.stop_page import StopPage
from ui.screens.team.words import HONEST, renewal_words
from ui.shell.go_to import GoToPalette
from ui.tasks import Ticket


def test_after_the_stop_another_enter_takes_nobody_out(
    house: House, place: Path, others: list[Other]
) -> None:
    team_of_three(house, place, others)
    enter(house, "member", others[0].device)
    house.press("Space")
    house.settle()
    house.press("Tab")
    house.enter(PASSPHRASE)
    house.press("Ctrl+Return")
    house.wait_until(lambda: status(house, "伊藤（ITO-PC）") is DeviceStatus.SUSPENDED)
    house.settle()
    assert house.focused().accessibleName() == "何が入っていたか"


def status(house: House, name: str) -> DeviceStatus:
    return next(each.status for each in sharing(house).overview().devices if each.name == name)


def palette_rows(house: House) -> list[str]:
    return [hit.label for palette in house.shown(GoToPalette) for hit in palette._hits]


def team_of_three(house: House, place: Path, others: list[Other]) -> str:
    """伊藤 and 加藤 are in the team; the id of a company that all see."""
    open_house(house)
    company = house.program.services.companies.register(ENTRY)  # type: ignore[union-attr]
    create_team(house, place)
    for other, name in zip(others, ("伊藤（ITO-PC）", "加藤（KATO-PC）"), strict=True):
        admit(house, other, name, [company])
    return company


def test_six_keys_stop_a_device_from_wherever_one_is(house: House, place: Path, others: list[Other]) -> None:
    team_of_three(house, place, others)
    house.program.window.open(Route(Place.COMPANIES))  # type: ignore[union-attr]
    house.settle()
    pressed: list[str] = []

    def press(key: str) -> None:
        pressed.append(key)
        house.press(key)
        house.settle()

    press("Ctrl+K")
    house.enter("端末")
    house.wait_until(lambda: palette_rows(house)[:2] == ["端末 伊藤（ITO-PC）", "端末 加藤（KATO-PC）"])
    press("Down")
    press("Return")
    assert house.focused().accessibleName() == "紛失として止める"
    press("Space")
    assert HONEST in house.words()
    assert house.focused().accessibleName() == "理由"
    house.enter("電車に置き忘れた")
    press("Return")
    assert house.focused().accessibleName() == "あなたの合言葉"
    house.enter(PASSPHRASE)
    press("Return")
    house.wait_until(lambda: status(house, "加藤（KATO-PC）") is DeviceStatus.SUSPENDED)
    house.settle()
    assert len(pressed) == 6
    assert "さんが止めました: 電車に置き忘れた" in house.words()
    assert HONEST in house.words()
    assert others[1].sharing.synchronise().is_stopped


def test_a_wrong_passphrase_stops_nothing(house: House, place: Path, others: list[Other]) -> None:
    team_of_three(house, place, others)
    enter(house, "stop", others[0].device)
    house.enter("理由")
    house.press("Return")
    house.enter("これはちがう合言葉です。")
    house.press("Return")
    house.wait_until(lambda: "合言葉が違います" in house.words())
    assert page(house, StopPage)._proof.field.hasFocus()
    assert status(house, "伊藤（ITO-PC）") is DeviceStatus.ACTIVE


def try_to_stop(house: House, passphrase: str) -> str:
    """What is said beside the field to a passphrase."""
    field = page(house, StopPage)._proof.field
    field.setText(passphrase)
    field.setFocus()
    house.press("Return")
    house.settle()
    return house.words()


def test_wrong_passphrases_at_the_stop_of_a_device_wait_longer_and_longer(
    house: House, place: Path, others: list[Other]
) -> None:
    """E4: whoever sits at an unlocked window cannot try passphrases as fast as they type."""
    team_of_three(house, place, others)
    enter(house, "stop", others[0].device)
    for left in range(TRIES_BEFORE_WAIT - 1, 0, -1):
        assert f"あと {left}回で" in try_to_stop(house, "これはちがう合言葉です。")
    waits = []
    for _ in range(3):
        try_to_stop(house, "これはちがう合言葉です。")
        said = try_to_stop(house, PASSPHRASE)
        waits.append(int(said.partition("合言葉は ")[2].partition("分後")[0]))
        assert status(house, "伊藤（ITO-PC）") is DeviceStatus.ACTIVE, "the right one has to wait too"
        house.clock.move(minutes=waits[-1])
    assert waits == sorted(set(waits))
    try_to_stop(house, PASSPHRASE)
    house.wait_until(lambda: status(house, "伊藤（ITO-PC）") is DeviceStatus.SUSPENDED)


def test_the_passphrase_does_not_stay_on_the_screen(house: House, place: Path, others: list[Other]) -> None:
    team_of_three(house, place, others)
    enter(house, "stop", others[0].device)
    page(house, StopPage)._proof.field.setText(PASSPHRASE)
    enter(house)
    enter(house, "stop", others[0].device)
    assert page(house, StopPage)._proof.field.text() == ""


def test_an_administrator_lets_a_found_device_go_on_or_takes_it_out_for_good(
    house: House, place: Path, others: list[Other]
) -> None:
    team_of_three(house, place, others)
    sharing(house).stop_device(others[0].device, "置き忘れた")
    enter(house, "member", others[0].device)
    assert "紛失として止める" not in house.words()
    house.click("見つかったので戻す")
    house.settle()
    assert status(house, "伊藤（ITO-PC）") is DeviceStatus.ACTIVE
    house.click("端末を外す")
    house.settle()
    assert status(house, "伊藤（ITO-PC）") is DeviceStatus.REMOVED
    assert "外れた端末" in house.words()


def test_a_stop_counts_here_though_the_place_is_away_and_that_is_said(
    house: House, place: Path, others: list[Other]
) -> None:
    team_of_three(house, place, others)
    device = others[0].device
    place.rename(place.with_name("away"))
    enter(house, "stop", device)
    house.press("Return")
    house.enter(PASSPHRASE)
    house.press("Return")
    house.wait_for_message("E-710")
    assert "この端末ではもう効いています" in house.words()
    assert status(house, "伊藤（ITO-PC）") is DeviceStatus.SUSPENDED


def test_the_report_of_the_accident_is_two_keys_away(house: House, place: Path, others: list[Other]) -> None:
    team_of_three(house, place, others)
    sharing(house).stop_device(others[0].device, "置き忘れた")
    enter(house, "member", others[0].device)
    house.tab_to("何が入っていたか")
    house.press("Space")
    (panel,) = house.shown(PaperPanel)
    assert "事故報告を印刷" in house.words()
    assert panel._make(Ticket()).pdf.startswith(b"%PDF")


def test_keys_that_wait_for_somebody_block_nobody(house: House, place: Path, others: list[Other]) -> None:
    company = team_of_three(house, place, others)
    first, second = others
    second.sharing.synchronise()
    first.sharing.synchronise()
    first.sharing.stop_device(second.device, "なくした")
    renewal = first.sharing.overview().renewal
    assert renewal is not None
    assert renewal_words(renewal) == "鍵の切替 0/1社 (残り1社は佐藤 花子さんの端末を待っています)"
    change(first.workplace, "company", company, city="旭川")
    sharing(house).synchronise()
    enter(house)
    assert "鍵の切替 1/1社 完了" in house.words()
    first.sharing.synchronise()
    assert renewal_words(first.sharing.overview().renewal) == "鍵の切替 1/1社 完了"
