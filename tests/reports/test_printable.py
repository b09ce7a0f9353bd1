from __future__ import annotations

from dataclasses import replace

import pytest

from app.reports.content import Company, NoteLine
from app.reports.fonts import BOLD, REGULAR, FontFile, FontFileMissing, Unprintable
from app.reports.preflight import unprintable
from app.reports.printable import missing, printable
from tests.reports.examples import IMPRINT, VISIT, history_of

NAMES = "𠮷髙﨑㈱①㎡ｶﾞ神福葛辻邉"


def test_characters_of_names_are_left_as_they_are():
    assert printable(NAMES) == NAMES
    assert missing(NAMES) == []


def test_a_compatibility_kanji_is_not_replaced_by_the_common_one():
    assert printable("\ufa19\ufa1b") == "\ufa19\ufa1b"


def test_look_alikes_stand_for_signs_that_no_font_has():
    assert printable("☑☐✖⭐a\u2011b") == "✓□×★a-b"
    assert missing("☑☐✖⭐\u2011") == []


def test_a_combining_mark_is_joined_with_its_letter():
    assert printable("か\u3099") == "が"


def test_invisible_characters_are_dropped_and_line_ends_kept():
    assert printable("図\u200b面\ufeff\r\n一\r覧\t表") == "図面\n一\n覧 表"


def test_a_character_that_no_font_has_prints_as_geta_and_is_told():
    assert printable("図😀面\ue000") == "図〓面〓"
    assert missing("図😀面\ue000") == ["😀", "\ue000"]


def test_a_variation_selector_is_left_out_and_told():
    assert printable("葛\U000e0100城") == "葛城"
    assert missing("葛\U000e0100城") == ["\U000e0100"]


@pytest.mark.parametrize("typeface", [REGULAR, BOLD])
def test_figures_are_half_width_and_kanji_full_width(typeface):
    assert typeface.advance("0123456789") == 5000
    assert typeface.advance("図面") == 2000


@pytest.mark.parametrize("text", ["\n", "😀", "☑", "\u3099"])
def test_only_characters_drawn_as_they_are_have_a_width(text):
    with pytest.raises(Unprintable):
        REGULAR.advance(text)


def test_the_whole_of_windows_31j_can_be_printed():
    rows = [
        bytes([high, low]) for high in (*range(0x81, 0xA0), *range(0xE0, 0xFD)) for low in range(0x40, 0xFD)
    ]
    text = "".join(row.decode("cp932", errors="ignore") for row in rows)
    text = "".join(char for char in text if char > "\u0300" and not "\ue000" <= char <= "\uf8ff")

    assert len(text) > 7000
    assert missing(text) == []


def test_a_font_that_is_not_there_is_named():
    with pytest.raises(FontFileMissing, match="Nowhere"):
        FontFile("Nowhere.ttf")


def test_the_check_before_printing_names_character_code_place_and_count():
    visit = replace(VISIT, lines=(NoteLine("☃😀と😀"), NoteLine("図面")))
    imprint = replace(IMPRINT, printed_by="鈴木\ue002")
    content = history_of(visit, company=Company("株式会社\ue001"), imprint=imprint)

    found = {(item.char, item.code, item.place, item.count) for item in unprintable(content)}

    assert ("😀", "U+1F600", "面談3（R7.7.22）", 2) in found
    assert ("\ue001", "U+E001", "企業の概要", 1) in found
    assert ("\ue002", "U+E002", "ページの上と下", 1) in found


def test_a_document_without_rare_characters_passes_the_check():
    assert unprintable(history_of(VISIT)) == []
