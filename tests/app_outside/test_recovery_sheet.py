from datetime import date

import pytest

from app.crypto.recovery_words import entropy_of, spell
from app.recovery_sheet import GROUP_WORDS, GROUPS, recovery_sheet

WORDS = spell(bytes(range(32)))


def test_the_sheet_has_six_groups_of_four_in_the_order_in_which_they_are_typed() -> None:
    sheet = recovery_sheet(WORDS, "SATO-PC", date(2025, 7, 22))
    assert [len(group) for group in sheet.groups] == [GROUP_WORDS] * GROUPS
    read = [each for group in sheet.groups for each in group]
    assert [each.number for each in read] == list(range(1, 25))
    assert entropy_of([each.word for each in read]) == bytes(range(32))


def test_the_sheet_says_whose_it_is_and_how_to_keep_it() -> None:
    sheet = recovery_sheet(WORDS, "SATO-PC", date(2025, 7, 22))
    assert sheet.title == "この端末の24語"
    assert (sheet.device_name, sheet.made_on) == ("SATO-PC", date(2025, 7, 22))
    assert all(line.endswith("。") for line in sheet.lines)


def test_the_words_are_in_no_repr() -> None:
    assert WORDS[0] not in repr(recovery_sheet(WORDS, "SATO-PC", date(2025, 7, 22)))


def test_a_sheet_that_is_not_complete_is_not_made() -> None:
    with pytest.raises(ValueError, match="24"):
        recovery_sheet(WORDS[:23], "SATO-PC", date(2025, 7, 22))
