"""What the files of the practice region say holds together."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from app.domain.terms import (
    ActionStatus,
    Confidentiality,
    Mark,
    Protection,
    SecrecyState,
    SeedKind,
    SessionMethod,
    Stage,
)
from app.masters import load_masters
from app.services.practice_days import PracticeDays, due_keys, working_day
from app.services.practice_files import note_lines, read_companies, read_region, visit_times

COMPANIES = {company["key"]: company for company in read_companies()}
SUPPORTED = [key for key, company in COMPANIES.items() if company["engagement"]["status"] == "supported"]
CANDIDATES = [key for key in COMPANIES if key not in SUPPORTED]
TODAY = date(2025, 7, 22)
DRAWN = {Mark.HOMEWORK: {1}, Mark.DECISION: {0, 1}}
"""How many actions a line of a mark names."""


def strings_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner)


# the files


def test_five_companies_are_supported_and_three_are_candidates() -> None:
    assert len(SUPPORTED) == 5
    assert len(CANDIDATES) == 3
    assert {COMPANIES[key]["engagement"]["status"] for key in CANDIDATES} == {"candidate"}


@pytest.mark.parametrize("key", COMPANIES)
def test_lines_of_a_visit_are_typed_in_order_and_within_the_visit(key: str) -> None:
    for visit in COMPANIES[key]["visits"]:
        start, end = visit_times(visit)
        stamps = [line.at for line in note_lines(visit)]
        assert stamps == sorted(set(stamps)), visit["key"]
        assert all(start <= stamp <= end for stamp in stamps), visit["key"]


@pytest.mark.parametrize("key", COMPANIES)
def test_visits_stand_in_the_order_of_their_days_and_only_past_ones_have_lines(key: str) -> None:
    visits = COMPANIES[key]["visits"]
    days = [visit["day"] for visit in visits]
    assert days == sorted(days)
    assert all(bool(note_lines(visit)) == (visit["day"] < 0) for visit in visits)


@pytest.mark.parametrize("key", COMPANIES)
def test_people_named_in_visits_and_actions_are_known(key: str) -> None:
    company = COMPANIES[key]
    known = {person["key"] for person in (*read_region()["people"], *company["people"])}
    named = {person for visit in company["visits"] for person in visit["people"]}
    named |= {action["owner"] for action in company["actions"]} | set(company["engagement"]["assignees"])
    assert named <= known


@pytest.mark.parametrize("key", COMPANIES)
def test_who_answers_was_there_and_speaks_of_what_was_said(key: str) -> None:
    company = COMPANIES[key]
    for visit in company["visits"]:
        assert visit.get("read_back", visit["people"][-1]) in visit["people"]
        keys = {line.key for line in note_lines(visit) if line.mark in {Mark.DECISION, Mark.DEADLINE}}
        assert set(visit.get("differs", ())) <= keys
    asked = [code for visit in company["visits"] for code in visit.get("asked", ())]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("key", COMPANIES)
def test_evidence_and_sources_point_to_lines(key: str) -> None:
    company = COMPANIES[key]
    keys = [line.key for visit in company["visits"] for line in note_lines(visit) if line.key]
    assert len(keys) == len(set(keys))
    evidence = {line for item in (*company["issues"], *company["seeds"]) for line in item["evidence"]}
    sources = {action["source"] for action in company["actions"] if "source" in action}
    assert evidence | sources <= set(keys)
    assert all(item["evidence"] for item in (*company["issues"], *company["seeds"]))


@pytest.mark.parametrize("key", COMPANIES)
def test_every_homework_line_has_its_action_due_after_the_visit(key: str) -> None:
    company = COMPANIES[key]
    actions = {action["key"]: action for action in company["actions"]}
    for visit in company["visits"]:
        for line in note_lines(visit):
            drawn = due_keys(line.text)
            assert len(drawn) in DRAWN.get(line.mark, {0}), line.text
            assert all(visit["day"] <= actions[each]["due"] for each in drawn), line.text


@pytest.mark.parametrize("key", COMPANIES)
def test_actions_hang_together(key: str) -> None:
    company = COMPANIES[key]
    actions = {action["key"]: action for action in company["actions"]}
    assert len(actions) == len(company["actions"])
    for action in actions.values():
        assert action["start"] <= action["due"], action["key"]
        assert action.get("parent", action["key"]) in actions
        assert "parent" not in actions[action["parent"]] if "parent" in action else True
        is_done = action["status"] == ActionStatus.DONE
        assert is_done == ("done" in action), action["key"]
        assert not is_done or action["start"] - 1 <= action["done"] < 0, action["key"]
        assert is_done or action["due"] >= -20, action["key"]
    seeds, issues = ({item["key"] for item in company[part]} for part in ("seeds", "issues"))
    assert {action["seed"] for action in actions.values() if "seed" in action} <= seeds
    assert {action["issue"] for action in actions.values() if "issue" in action} <= issues


@pytest.mark.parametrize("key", COMPANIES)
def test_nothing_is_done_before_its_parts_are(key: str) -> None:
    status = {action["key"]: action["status"] for action in COMPANIES[key]["actions"]}
    open_parts = {
        action["parent"]
        for action in COMPANIES[key]["actions"]
        if "parent" in action and action["status"] not in {ActionStatus.DONE, ActionStatus.DROPPED}
    }
    assert not [parent for parent in open_parts if status[parent] == ActionStatus.DONE]


@pytest.mark.parametrize("key", COMPANIES)
def test_codes_are_those_of_the_program(key: str) -> None:
    company, masters = COMPANIES[key], load_masters()
    assert {issue["code"] for issue in company["issues"]} <= set(masters.management_issue)
    perspectives = {code for issue in company["issues"] for code in issue["perspectives"]}
    assert perspectives <= set(masters.ip_perspective)
    assert company["industry"][1] in masters.middle_industry_word
    for seed in company["seeds"]:
        assert SeedKind(seed["kind"])
        assert Protection(seed["protection"])
        assert {SecrecyState(seed[part][0]) for part in ("useful", "non_public", "managed")}
    assert all(Stage(action["stage"]) for action in company["actions"])
    assert all(SessionMethod(visit["method"]) for visit in company["visits"])
    questions = {question.code for question in masters.first_visit_questions}
    assert {code for visit in company["visits"] for code in visit.get("asked", ())} <= questions
    levels = {visit["confidentiality"] for visit in company["visits"] if "confidentiality" in visit}
    assert levels <= set(Confidentiality)


@pytest.mark.parametrize("key", COMPANIES)
def test_intake_answers_fit_their_fields(key: str) -> None:
    fields = load_masters().intake_field
    days = PracticeDays(TODAY, {})
    for code, answer in COMPANIES[key]["intake"].items():
        field = fields[code]
        if field.choices:
            assert answer in {choice.code for choice in field.choices}, code
        if field.kind == "number":
            assert answer.isdecimal(), code
        if field.kind == "date":
            assert date.fromisoformat(days.words(answer)), code


def test_notes_are_as_long_as_people_type_them() -> None:
    counts = [len(note_lines(visit)) for company in COMPANIES.values() for visit in company["visits"]]
    assert all(8 <= count <= 22 for count in counts if count)
    assert max(counts) >= 18


def test_supported_companies_are_told_in_full() -> None:
    for key in SUPPORTED:
        company = COMPANIES[key]
        assert 9 <= sum(visit["day"] < 0 for visit in company["visits"]) <= 12
        assert 1 <= sum(visit["day"] >= 0 for visit in company["visits"]) <= 2
        assert {seed["kind"] for seed in company["seeds"]} == set(SeedKind)
        assert {action["stage"] for action in company["actions"]} == set(Stage)
        assert any("parent" in action for action in company["actions"])
        assert len(company["actions"]) >= 8
        assert 3 <= len(company["plan"]["indicators"]) <= 5
        assert len(company["intake"]) >= 40


def test_each_mark_and_secret_lines_occur_at_every_supported_company() -> None:
    for key in SUPPORTED:
        lines = [line for visit in COMPANIES[key]["visits"] for line in note_lines(visit)]
        assert {line.mark for line in lines} == {None, *Mark}
        assert sum(line.is_secret for line in lines) >= 3


def test_no_sentence_stands_in_two_companies() -> None:
    texts = Counter(
        line.text
        for company in COMPANIES.values()
        for visit in company["visits"]
        for line in note_lines(visit)
    )
    assert [text for text, count in texts.items() if count > 1] == []


def test_contacts_are_of_the_kind_kept_for_examples() -> None:
    everything = " ".join(strings_in([read_region(), *COMPANIES.values()]))
    numbers = re.findall(r"\b\d{2,4}-\d{2,4}-\d{4}\b", everything)
    assert numbers
    assert all(number.startswith("000-000-") for number in numbers)
    hosts = re.findall(r"[\w.-]+\.(?:jp|com|net|org)\b", everything)
    assert hosts
    assert all(host.endswith("example.jp") for host in hosts)


def test_names_hard_to_write_occur() -> None:
    everything = " ".join(strings_in([read_region(), *COMPANIES.values()]))
    assert all(letter in everything for letter in "髙﨑𠮷㈱邊齋濵瀨德")


# days


def test_a_past_weekend_moves_back_and_a_coming_one_moves_on() -> None:
    tuesday = date(2025, 7, 22)
    days = PracticeDays(tuesday, {})
    assert days.on(-2) == date(2025, 7, 18)
    assert days.on(4) == date(2025, 7, 28)
    assert days.on(0) == tuesday


def test_the_turn_of_the_year_is_no_working_day() -> None:
    assert working_day(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert working_day(date(2027, 1, 2), -1) == date(2026, 12, 28)


def test_a_period_of_law_runs_by_the_calendar_without_moving() -> None:
    days = PracticeDays(TODAY, {})
    assert days.on("-1+60d") == date(2025, 9, 19)
    assert days.on("0+6m") == date(2026, 1, 22)
    assert PracticeDays(date(2024, 2, 29), {}).on("0+1y") == date(2025, 2, 28)


def test_dates_in_words_count_from_the_visit_or_from_today() -> None:
    days = PracticeDays(TODAY, {"draft": date(2025, 8, 5)})
    visit_on = date(2025, 6, 12)
    assert days.words("{+1} と {@-1} と {due:draft}", visit_on) == "6/13 と 7/21 と 8/5"
    assert days.words("{@-40+1y} {@-40+60d} {@0:iso}") == "2026/6/12 8/11 2025-07-22"
