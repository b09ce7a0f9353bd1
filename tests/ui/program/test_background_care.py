"""The monthly check and the news of an update, as the window tells them."""

from app.settings import Settings, load_settings, save_settings
from tests.services.records import put
from tests.ui.program.house import House
from ui.background_care import MOST_NEWS, news
from ui.navigation import Place
from ui.widgets.message_bar import MessageBar


def test_the_monthly_check_tells_what_it_found_and_leads_to_single_items(house: House) -> None:
    house.make_store()
    program = house.start_and_open()
    assert program.services is not None
    put(program.services.place, "company", name="北国精密")
    with program.services.place.store.writing_raw() as connection:
        nobodys = "'0198a2b4-0000-7000-8000-00000000000a', 'y', '社'"
        connection.exec_driver_sql(f"INSERT INTO company(id, compartment, name) VALUES({nobodys})")
    house.close()
    house.clock.move(days=31)
    program = house.start_and_open()
    house.wait_for_message("E-120")
    house.click("控えから一件ずつ戻す")
    route = program.window.route()
    assert route is not None
    assert (route.place, route.tab, route.item_id) == (Place.SETTINGS, "backups", "newest")


def told(house: House) -> list[str]:
    return [bar.message.title for bar in house.shown(MessageBar)]


def test_an_update_is_told_once_in_few_lines(house: House) -> None:
    house.make_store()
    house.start_and_open()
    assert told(house) == []
    house.close()
    save_settings(house.settings_file, Settings(seen_version="0.0.9"))
    house.start_and_open()
    (title,) = told(house)
    assert title.endswith("になりました")
    house.close()
    assert load_settings(house.settings_file).seen_version
    house.start_and_open()
    assert told(house) == []


def test_news_have_at_most_five_lines_and_tell_of_a_store_that_was_brought_along() -> None:
    assert len(news("0.1.0", was_upgraded=False).detail.splitlines()) <= MOST_NEWS
    assert "直す前の控え" in news("0.1.0", was_upgraded=True).detail
    assert news("no such version", was_upgraded=False).detail == ""
