import pytest
from sqlalchemy import text

from db.forms import UnknownRecord
from db.reading import Reading
from db.store import Store
from db.unit_of_work import UnitOfWork
from tests.db.conftest import TEAM, record_number

COMPANY = record_number(10)


def new_company(store: Store, **values: object) -> None:
    with store.writing() as work:
        named = {"name": "北国精密(株)", "city": "みどり市", **values}
        work.save("company", COMPANY, named, compartment=COMPANY)


def company(store: Store) -> dict:
    with store.reading() as connection:
        return dict(Reading(connection).record("company", COMPANY))


def count(store: Store, table: str) -> int:
    with store.reading() as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def test_a_new_record_has_its_values_and_one_change_a_cell(store: Store) -> None:
    new_company(store, employees_regular=42)
    assert company(store)["name"] == "北国精密(株)"
    assert company(store)["employees_regular"] == 42
    assert count(store, "change") == 3


def test_a_value_that_did_not_change_adds_nothing_to_the_log(store: Store) -> None:
    new_company(store)
    before = count(store, "change")
    with store.writing() as work:
        work.save("company", COMPANY, {"name": "北国精密(株)"})
    assert count(store, "change") == before


def test_one_column_of_a_group_keeps_the_others(store: Store) -> None:
    new_company(store, prefecture="北国県", street="1-2")
    with store.writing() as work:
        work.save("company", COMPANY, {"street": "3-4"})
    found = company(store)
    assert (found["prefecture"], found["city"], found["street"]) == ("北国県", "みどり市", "3-4")


def test_a_write_that_fails_leaves_nothing(store: Store) -> None:
    def half(work: UnitOfWork) -> None:
        work.save("company", COMPANY, {"name": "半分"}, compartment=COMPANY)
        raise RuntimeError

    with pytest.raises(RuntimeError), store.writing() as work:
        half(work)
    assert count(store, "change") == count(store, "rec") == count(store, "company") == 0


def test_a_record_that_was_never_written_is_not_made_by_an_edit(store: Store) -> None:
    with pytest.raises(UnknownRecord), store.writing() as work:
        work.save("company", COMPANY, {"name": "だれ"})


def test_a_form_saved_after_somebody_else_shows_the_later_value_and_lists_the_other(store: Store) -> None:
    new_company(store)
    with store.writing() as work:
        form = work.load("company", COMPANY)
    with store.writing() as work:
        work.save("company", COMPANY, {"name": "北国精密株式会社"})
    with store.writing() as work:
        work.save("company", COMPANY, {"name": "ほっこく精密"}, form)
    found = company(store)
    assert found["name"] == "ほっこく精密"
    assert found["conflicts"] == 1


def test_a_form_that_showed_the_newest_value_settles_it(store: Store) -> None:
    new_company(store)
    with store.writing() as work:
        form = work.load("company", COMPANY)
    with store.writing() as work:
        work.save("company", COMPANY, {"name": "A"})
        work.save("company", COMPANY, {"name": "B"}, form)
        work.save("company", COMPANY, {"name": "C"})
    assert (company(store)["name"], company(store)["conflicts"]) == ("C", 1)


def test_a_deleted_record_is_hidden_and_comes_back(store: Store) -> None:
    new_company(store)
    with store.writing() as work:
        work.delete("company", COMPANY)
    assert company(store)["deleted"] == 1
    with store.writing() as work:
        work.undelete("company", COMPANY)
    assert company(store)["deleted"] == 0


def test_an_edit_that_did_not_know_of_the_deletion_keeps_the_record_visible(store: Store) -> None:
    new_company(store)
    with store.writing() as work:
        form = work.load("company", COMPANY)
        work.delete("company", COMPANY)
    with store.writing() as work:
        work.save("company", COMPANY, {"name": "生きている"}, form)
    assert company(store)["deleted"] == 2


def test_the_search_key_follows_the_name(store: Store) -> None:
    new_company(store, kana="ホッコクセイミツ")
    before = company(store)["search_key"]
    with store.writing() as work:
        work.save("company", COMPANY, {"name": "青葉食品"})
    after = company(store)["search_key"]
    assert "青葉食品" in after
    assert before.split(" ")[-1] == after.split(" ")[-1]


def test_links_belong_to_the_compartment_they_were_made_in(store: Store) -> None:
    with store.writing() as work:
        ends = {"left_id": COMPANY, "kind": "owner", "right_id": record_number(3), "present": True}
        work.save("link", record_number(99), ends, compartment=TEAM)
    with store.reading() as connection:
        assert Reading(connection).linked("owner", left_ids=[COMPANY]) == [(COMPANY, record_number(3))]
    with store.writing() as work:
        work.save("link", record_number(99), {"present": False})
    with store.reading() as connection:
        assert Reading(connection).linked("owner", left_ids=[COMPANY]) == []
