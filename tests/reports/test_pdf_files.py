"""Finished files, read back with PDFium and qpdf."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from app.domain.terms import Confidentiality, Mark
from app.reports.content import NoteLine
from app.reports.layout import lay_out
from app.reports.output import write
from app.reports.printable import printable
from tests.reports.cases import cases
from tests.reports.examples import COMPANY, IMPRINT, PLAN, VISIT, history_of, minutes_of
from tests.reports.reading import opened, page_texts, starts_of, without_spaces

RARE = "𠮷髙﨑㈱①㎡ｶﾞ"


@pytest.fixture(scope="module")
def history_pdf() -> bytes:
    return write([lay_out(history_of(VISIT, replace(VISIT, number=4, on=date(2025, 8, 5))))])


@pytest.mark.parametrize("name", cases())
def test_every_document_is_a_sound_file(name):
    pdf = opened(write([lay_out(cases()[name])]))

    assert pdf.check_pdf_syntax() == []


def test_rare_characters_are_copied_as_they_were_typed():
    visit = replace(VISIT, lines=(NoteLine(f"前{RARE}後", Mark.FACT),))

    text = without_spaces("".join(page_texts(write([lay_out(history_of(visit))]))))

    assert f"前{RARE}後" in text


def test_all_characters_beyond_two_bytes_of_a_long_list_are_copied_right():
    """Each gets a code of its own, in rows of 256 that must not run into each other."""
    rare = [chr(code) for code in range(0x20000, 0x2A6E0) if printable(chr(code)) == chr(code)][:400]
    lines = tuple(NoteLine("".join(rare[start : start + 50]), Mark.FACT) for start in range(0, 400, 50))

    text = without_spaces("".join(page_texts(write([lay_out(history_of(replace(VISIT, lines=lines)))]))))

    assert len(rare) > 256
    assert "".join(rare) in text.replace("・", "")


def test_two_characters_with_one_glyph_are_both_copied_right():
    """U+03A9 and U+2126 share a glyph in many fonts."""
    visit = replace(VISIT, lines=(NoteLine("ΩとΩ、—と―", Mark.FACT),))

    assert printable("ΩとΩ、—と―") in without_spaces("".join(page_texts(write([lay_out(history_of(visit))]))))


def advances(text: str, needle: str) -> list[float]:
    """Steps from character to character of `needle` within a note line, in ems."""
    visit = replace(VISIT, purpose="", lines=(NoteLine(text, Mark.FACT),))
    starts = starts_of(write([lay_out(history_of(visit))]), needle)
    return [round((after - before) / 10, 2) for before, after in pairwise(starts)]


def test_a_reader_steps_on_by_the_width_of_each_character():
    assert advances("図a1面ｶ㈱", "図a1面ｶ㈱") == [1, 0.5, 0.5, 1, 0.5]


def test_punctuation_between_punctuation_is_packed_on_the_page():
    assert advances("図」「面）、案", "図」「面）、案") == [1, 0.5, 1, 1, 0.5, 1]


def test_punctuation_is_packed_after_a_character_of_the_fallback_font():
    assert advances("𠮷田」「面", "田」「面") == [1, 0.5, 1]


def test_all_that_was_typed_is_in_the_file_in_the_order_of_the_page(history_pdf):
    text = without_spaces("".join(page_texts(history_pdf)))

    places = [text.index(without_spaces(line.text)) for line in VISIT.marked(Mark.FACT)]
    assert places == sorted(places)
    for line in VISIT.lines:
        if line.mark is not Mark.HOMEWORK:
            assert without_spaces(line.text) in text


def test_all_fonts_are_embedded_subsets_with_unicode(history_pdf):
    pdf = opened(history_pdf)
    fonts = [font for page in pdf.pages for font in page.resources.Font.values()]

    assert fonts
    for font in fonts:
        assert font.Subtype == "/Type0"
        assert font.Encoding == "/Identity-H"
        assert "/ToUnicode" in font
        descendant = font.DescendantFonts[0]
        assert descendant.Subtype == "/CIDFontType2"
        assert "/FontFile2" in descendant.FontDescriptor
        assert str(descendant.BaseFont)[1:8].removesuffix("+").isupper()
    assert b"Helvetica" not in history_pdf


def test_the_fallback_font_is_embedded_only_where_it_is_needed(history_pdf):
    rare = write([lay_out(history_of(replace(VISIT, lines=(NoteLine("𠮷"),))))])

    assert b"JPFallback" not in history_pdf
    assert b"JPFallback" in rare


def test_the_file_says_what_it_is(history_pdf):
    pdf = opened(history_pdf)

    assert pdf.Root.Lang == "ja-JP"
    assert pdf.docinfo.Title == "支援経過記録　北国精密株式会社"
    assert pdf.docinfo.Author == IMPRINT.team
    assert pdf.docinfo.Subject == "支援経過記録（会議まで）"
    assert pdf.docinfo.Creator == "伴走カルテ"
    assert pdf.docinfo.CreationDate == "D:20260310152000+09'00'"


def test_the_window_bears_the_title_of_the_document(history_pdf):
    assert opened(history_pdf).Root.ViewerPreferences.DisplayDocTitle is True


def test_pages_have_a_size_fonts_contents_and_nothing_else(history_pdf):
    """An empty /Trans, for one, would keep checkers of PDF/A from passing the file."""
    for page in opened(history_pdf).pages:
        assert set(page.obj.keys()) == {"/Type", "/Parent", "/Contents", "/MediaBox", "/Resources"}
        assert [float(side) for side in page.mediabox] == [0, 0, 595.28, 841.89]
        assert set(page.resources.Font.keys()) == {"/R0", "/B0"}


def test_files_of_different_content_have_different_marks():
    """The ID by which readers tell files apart, although their properties are the same."""
    first, second, third = map(identity_of, ("甲", "乙", "甲"))

    assert first != second
    assert first == third


def identity_of(representative: str) -> bytes:
    content = history_of(VISIT, company=replace(COMPANY, representative=representative))
    pdf = opened(write([lay_out(content)]))
    return bytes(pdf.trailer.ID[0])


def test_a_mark_for_the_whole_file_is_folded_over_its_parts():
    with opened(write([lay_out(minutes_of()), lay_out(PLAN)], title="まとめ")).open_outline() as outline:
        assert all(entry.is_closed for entry in outline.root)


def test_a_bookmark_leads_to_the_page_and_height_of_its_visit():
    """Read from the objects themselves: page, XYZ, left, top, zoom."""
    document = lay_out(history_of(*[replace(VISIT, number=number) for number in range(1, 6)]))
    pdf = opened(write([document]))
    pages = [page.objgen for page in pdf.pages]

    with pdf.open_outline() as outline:
        found = [
            (pages.index(entry.destination[0].objgen), float(entry.destination[3])) for entry in outline.root
        ]

    assert found == [
        (number, round(mark.y, 2)) for number, page in enumerate(document.pages) for mark in page.bookmarks
    ]


def test_there_is_a_bookmark_for_each_visit(history_pdf):
    with opened(history_pdf).open_outline() as outline:
        titles = [entry.title for entry in outline.root]

    assert titles == ["No.3　令和7年7月22日（火）", "No.4　令和7年8月5日（火）"]


def test_documents_in_one_file_have_bookmarks_below_their_names():
    documents = [lay_out(minutes_of()), lay_out(PLAN)]

    with opened(write(documents, title="まとめ")).open_outline() as outline:
        names = [entry.title for entry in outline.root]
        parts = [[part.title for part in entry.children] for entry in outline.root]

    assert names == ["議事録　北国精密株式会社", "支援計画書　北国精密株式会社"]
    assert parts[1] == ["１　目標指標", "２　実施スケジュール", "３　課題と対応方針"]


def test_pages_in_one_file_are_counted_for_the_document_and_for_the_whole():
    documents = [lay_out(minutes_of()), lay_out(PLAN)]

    texts = [without_spaces(text) for text in page_texts(write(documents, title="まとめ"))]

    assert len(texts) == 3
    assert "1/1" in texts[0]
    assert "全体1/3" in texts[0]
    assert "1/2" in texts[1]
    assert "全体3/3" in texts[2]
    assert opened(write(documents, title="まとめ")).docinfo.Title == "まとめ"


def test_a_file_of_one_document_has_one_count():
    assert "全体" not in "".join(page_texts(write([lay_out(minutes_of())])))


@pytest.mark.parametrize("level", Confidentiality)
def test_the_level_stands_on_every_page(level):
    content = history_of(
        *[replace(VISIT, number=number) for number in range(1, 6)],
        imprint=replace(IMPRINT, confidentiality=level),
    )
    texts = page_texts(write([lay_out(content)]))

    assert len(texts) > 2
    assert all(without_spaces(text).count(level.term) == 1 for text in texts)


def test_company_and_number_stand_on_every_page(history_pdf):
    assert all("法人番号7000012050002" in without_spaces(text) for text in page_texts(history_pdf))


def test_a_file_without_a_document_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        write([])


def test_a_document_can_be_written_twice_with_the_same_bytes():
    document = lay_out(PLAN)

    assert write([document]) == write([document])


def test_threads_that_write_at_the_same_time_do_not_disturb_each_other():
    contents = [history_of(replace(VISIT, number=number)) for number in range(8)]
    alone = [write([lay_out(content)]) for content in contents]

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda content: write([lay_out(content)]), contents))

    assert together == alone


def test_the_bytes_do_not_depend_on_the_seed_of_hashes():
    program = """
import hashlib
from app.reports.layout import lay_out
from app.reports.output import write
from tests.reports.cases import cases
written = (write([lay_out(content)]) for name, content in cases().items() if "long" not in name)
print(hashlib.sha256(b"".join(written)).hexdigest())
"""
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(digests) == 1


def test_a_sheet_of_a_company_with_a_long_name_keeps_its_number():
    company = replace(COMPANY, name="株式会社" + "北国精密工業研究所" * 5)

    (text,) = page_texts(write([lay_out(minutes_of_company(company))]))

    assert "法人番号7000012050002" in without_spaces(text)


def minutes_of_company(company):
    return replace(minutes_of(replace(VISIT, lines=VISIT.lines[:3])), company=company)


def test_text_goes_through_encryption_and_rewriting():
    """What later steps such as a password do with the file."""
    sink = BytesIO()
    opened(write([lay_out(minutes_of())])).save(sink, encryption=pikepdf.Encryption(owner="a", user=""))

    assert "議事録" in without_spaces("".join(page_texts(sink.getvalue())))
