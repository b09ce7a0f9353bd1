"""After an unexpected stop 今日 says what is there, where to go on, and has a report that can be read."""

from PySide6.QtGui import QGuiApplication

from app.workplace import session_scope
from tests.services.records import put, session
from tests.ui.program.house import House
from ui.navigation import Place
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.message_bar import MessageBar


def stop_in_the_middle(house: House) -> str:
    """Type into a visit, and leave everything as a killed program does; the id of the visit."""
    house.make_store()
    program = house.start_and_open()
    services = program.services
    assert services is not None
    company = put(services.place, "company", name="北国精密株式会社")
    visit = session(services.place, company, "2026-07-22T13:00")
    services.drafts.keep(session_scope(visit), f"line:{services.place.new_id()}", "途中の文")
    signed = house.folder.holder.read_bytes()
    house.close()
    house.folder.holder.write_bytes(signed)
    return visit


def test_it_is_told_with_the_time_and_leads_to_where_text_was_left(house: House) -> None:
    visit = stop_in_the_middle(house)
    program = house.start_and_open()
    bar = house.wait_for_message("E-900")
    assert bar.message.detail == "13:38 までの入力は残っています。"
    house.click("続きから")
    house.wait_until(lambda: getattr(program.window.route(), "item_id", None) == visit)


def test_the_report_is_read_before_it_is_given_away(house: House) -> None:
    stop_in_the_middle(house)
    program = house.start_and_open()
    house.wait_for_message("E-900")
    house.click("報告を作る (送る前に中身を見られます)")
    route = program.window.route()
    assert route is not None
    assert (route.place, route.tab) == (Place.SETTINGS, "support")
    (text,) = house.shown(LongTextField)
    house.wait_until(lambda: "動いた記録の終わり" in text.text())
    assert "北国精密" not in text.text()
    house.click("写す")
    assert QGuiApplication.clipboard().text() == text.text()


def test_an_orderly_end_is_followed_by_no_message(house: House) -> None:
    house.make_store()
    house.start_and_open()
    house.close()
    house.start_and_open()
    assert [bar for bar in house.shown(MessageBar) if bar.message.number == "E-900"] == []
