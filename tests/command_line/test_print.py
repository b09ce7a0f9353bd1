"""`banso print`: which companies, which days, which 取扱, and what is said of what stays inside."""

from pathlib import Path

import pypdfium2
import pytest

from app.domain.terms import Confidentiality
from app.rows.printing import DocumentKind
from tests.command_line.conftest import Banso

COMPANY = "北国精密"


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("kind", [kind.value for kind in DocumentKind])
def test_every_document_is_written_as_one_file(
    banso: Banso, practice: Path, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "out.pdf"
    said = banso("print", kind, "--store", practice, "--company", COMPANY, "--out", out, "--json")
    assert said.exit_code == 0
    assert said.facts["files"] == [str(out)]
    assert said.facts["pages"] == len(pypdfium2.PdfDocument(out))
    assert "北国精密株式会社" in text_of(out)


def test_all_companies_go_into_a_folder_with_a_file_each(
    banso: Banso, practice: Path, tmp_path: Path
) -> None:
    said = banso("print", "history", "--store", practice, "--all", "--out", tmp_path / "帳票")
    written = [Path(line) for line in said.out.splitlines()]
    assert said.exit_code == 0
    assert len(written) == 8
    assert all(path.parent == tmp_path / "帳票" and path.stat().st_size for path in written)


def test_several_named_companies_are_merged_and_named_once_each(
    banso: Banso, practice: Path, tmp_path: Path
) -> None:
    out = tmp_path / "merged.pdf"
    named = ["--company", COMPANY, "--company", "北国精密㈱"]
    both = banso("print", "plan", "--store", practice, *named, "--company", "青葉", "--out", out, "--json")
    alone = banso("print", "plan", "--store", practice, *named, "--out", tmp_path / "one.pdf", "--json")
    assert both.exit_code == alone.exit_code == 0
    assert both.facts["pages"] > alone.facts["pages"]
    assert "青葉食品" in text_of(out)


def test_names_alike_are_listed_and_no_others(banso: Banso, practice: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    said = banso("print", "history", "--store", practice, "--company", "北国", "--out", out)
    assert said.exit_code == 6
    assert "北国精密株式会社" in said.err
    assert "北国電装株式会社" in said.err
    assert "青葉" not in said.err
    assert not out.exists()


def test_an_unknown_company_is_told_without_naming_others(
    banso: Banso, practice: Path, tmp_path: Path
) -> None:
    said = banso("print", "history", "--store", practice, "--company", "南国", "--out", tmp_path / "o.pdf")
    assert said.exit_code == 6
    assert "E-512" in said.err
    assert "北国" not in said.err


@pytest.mark.parametrize("words", ["令和2年1月1日", "R2.1.1", "2020/1/1", "２０２０年１月１日", "20200101"])
def test_dates_are_read_in_every_way_of_writing(
    banso: Banso, practice: Path, tmp_path: Path, words: str
) -> None:
    out = tmp_path / "out.pdf"
    line = ["print", "history", "--store", practice, "--company", COMPANY, "--out", out]
    assert banso(*line, "--from", words).exit_code == 0
    before = banso(*line, "--to", words)
    assert before.exit_code == 6
    assert "E-303" in before.err


def test_a_date_that_was_filled_in_is_told(banso: Banso, practice: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    said = banso(
        "print", "history", "--store", practice, "--company", COMPANY, "--from", "2020年6月", "--out", out
    )
    assert said.exit_code == 0
    assert "--from: 日がないので" in said.err


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (["--from", "いつか"], "--from: 日付として読めません"),
        (["--to", "2025/2/30"], "--to: この日はありません"),
        (["--from", "2025/6/1", "--to", "2025/5/1"], "E-505"),
    ],
)
def test_dates_that_cannot_be_are_wrong_use(
    banso: Banso, practice: Path, tmp_path: Path, dates: list[str], words: str
) -> None:
    out = tmp_path / "out.pdf"
    said = banso("print", "history", "--store", practice, "--all", *dates, "--out", out)
    assert (said.exit_code, said.out) == (2, "")
    assert words in said.err
    assert not out.exists()


@pytest.mark.parametrize("level", list(Confidentiality))
def test_the_level_stands_on_the_page_and_what_it_closes_is_counted(
    banso: Banso, practice: Path, tmp_path: Path, level: Confidentiality
) -> None:
    out = tmp_path / "out.pdf"
    said = banso(
        "print", "history", "--store", practice, "--all", "--level", level.term, "--out", out, "--json"
    )
    if said.exit_code == 6:
        assert level is not Confidentiality.ASSIGNED
        return
    assert level.term in text_of(out)
    assert (said.facts["closed_left_out"] == 0) == (level is Confidentiality.ASSIGNED)


def test_secret_lines_are_counted_as_left_out(banso: Banso, practice: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    said = banso("print", "history", "--store", practice, "--all", "--out", out, "--json")
    assert said.facts["secret_left_out"] > 0
    assert f"秘密の行 {said.facts['secret_left_out']}件は載っていません。" in said.err


def test_an_output_folder_that_is_not_there_is_told_before_anything_is_done(
    banso: Banso, practice: Path, tmp_path: Path
) -> None:
    said = banso("print", "plan", "--store", practice, "--all", "--out", tmp_path / "nowhere" / "out.pdf")
    assert said.exit_code == 2
    assert f"{tmp_path / 'nowhere'} というフォルダがありません" in said.err


def test_an_output_that_is_a_file_where_a_folder_is_needed_is_told(
    banso: Banso, practice: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    said = banso("print", "plan", "--store", practice, "--all", "--out", tmp_path / "file")
    assert said.exit_code == 7
    assert (tmp_path / "file").read_bytes() == b""


def test_a_batch_of_many_says_and_writes_what_a_few_would(
    banso: Banso, practice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = ("print", "history", "--store", practice, "--all", "--level", "meeting", "--json", "--out")
    few = banso(*given, tmp_path / "few")
    monkeypatch.setattr("ui.command_line.printing.MANY", 3)
    many = banso(*given, tmp_path / "many")
    assert few.exit_code == many.exit_code == 0
    few_facts, many_facts = dict(few.facts), dict(many.facts)
    names = [[Path(path).name for path in facts.pop("files")] for facts in (few_facts, many_facts)]
    assert names[0] == names[1]
    assert few_facts == many_facts
