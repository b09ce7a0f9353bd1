"""People: of the team, of companies, experts; and the settings of the team they belong to."""

import pytest

from app.domain.terms import PersonSide
from app.errors import InputMissing
from app.services.people import PeopleService
from app.services.team import APPROVAL_BOX_LIMIT, TeamService
from app.workplace import TEAM_SCOPE, Workplace, company_scope
from tests.services.conftest import SteppingClock
from tests.services.records import put, stored


@pytest.fixture
def people(place: Workplace) -> PeopleService:
    return PeopleService(place)


def test_people_of_the_team_stand_in_the_order_in_which_they_came(
    people: PeopleService, clock: SteppingClock
) -> None:
    for name, side in (("佐藤", PersonSide.SUPPORT), ("弁理士 鈴木", PersonSide.EXPERT)):
        people.add({"name": name, "side": side})
        clock.move(seconds=1)
    assert [(person.name, person.side) for person in people.of_team()] == [
        ("佐藤", PersonSide.SUPPORT),
        ("弁理士 鈴木", PersonSide.EXPERT),
    ]


def test_people_of_a_company_belong_to_it_alone(people: PeopleService, place: Workplace) -> None:
    company, other = (put(place, "company", name=name) for name in ("北国精密", "青葉食品"))
    person = people.add({"name": "北国 花子", "role": "工場長"}, company)
    assert [each.name for each in people.of_company(company)] == ["北国 花子"]
    assert people.of_company(other) == people.of_team() == ()
    assert stored(place, "person", person)["compartment"] == company


def test_a_person_needs_a_name(people: PeopleService) -> None:
    with pytest.raises(InputMissing) as refused:
        people.add({"name": ""})
    assert refused.value.facts == {"field": "氏名"}


def test_a_person_who_left_is_off_the_list_and_comes_back_by_undo(
    people: PeopleService, place: Workplace
) -> None:
    company = put(place, "company", name="北国精密")
    people.add({"name": "北国 花子"}, company)
    (person,) = people.of_company(company)
    people.change(person, {"role": "工場長"})
    people.remove(person)
    assert people.of_company(company) == ()
    assert place.undo(company_scope(company)) == "人を外す"
    assert [each.role for each in people.of_company(company)] == ["工場長"]


def test_the_team_has_words_for_what_was_never_set(place: Workplace) -> None:
    team = TeamService(place).team()
    assert (team.region, team.meeting_name, team.year_number, team.approval_boxes) == ("", "連携会議", 1, ())
    assert team.fiscal_year == 2025


def test_the_year_number_belongs_to_its_year(place: Workplace, clock: SteppingClock) -> None:
    service = TeamService(place)
    service.set_year_number(2)
    assert service.team().year_number == 2
    clock.move(days=365)
    service.set_year_number(3)
    assert (service.team().fiscal_year, service.team().year_number) == (2026, 3)
    clock.move(days=-365)
    assert service.team().year_number == 2


def test_approval_boxes_are_kept_in_order_without_gaps_and_up_to_what_fits(place: Workplace) -> None:
    service = TeamService(place)
    service.set_approval_boxes(("課長", "", "部長"))
    assert service.team().approval_boxes == ("課長", "部長")
    service.set_approval_boxes(tuple(f"{number}番" for number in range(9)))
    assert len(service.team().approval_boxes) == APPROVAL_BOX_LIMIT
    place.undo(TEAM_SCOPE)
    assert service.team().approval_boxes == ("課長", "部長")
