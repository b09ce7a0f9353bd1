from __future__ import annotations

from dataclasses import replace

import pytest

from app.making_way import COURTESY
from app.reports.batch import Cancelled, file_name, print_each, print_merged, workers_for
from app.reports.layout import lay_out
from app.reports.output import write
from tests.reports.examples import COMPANY, FIRST, PLAN, VISIT, history_of, minutes_of
from tests.reports.reading import opened, page_texts


def companies(count: int):
    for number in range(count):
        company = replace(COMPANY, name=f"第{number}精密", corporate_number=f"{number:013d}")
        yield history_of(FIRST, company=company)


def test_each_company_has_a_file_of_its_own(tmp_path):
    paths = print_each(companies(3), tmp_path)

    assert [path.name for path in paths] == [f"支援経過記録_第{n}精密_{n:013d}.pdf" for n in range(3)]
    for number, path in enumerate(paths):
        text = "".join(page_texts(path.read_bytes()))
        assert f"第{number}精密" in text
        assert f"第{(number + 1) % 3}精密" not in text
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in paths)


def test_companies_of_the_same_name_do_not_overwrite_each_other(tmp_path):
    content = history_of(FIRST)

    paths = print_each([content, content], tmp_path)

    assert [path.stem[-3:] for path in paths] == ["002", "（2）"]
    assert all(path.stat().st_size for path in paths)


def test_several_processes_write_the_same_files_in_the_same_order(tmp_path):
    one, many = tmp_path / "one", tmp_path / "many"
    one.mkdir()
    many.mkdir()

    alone = print_each(companies(24), one)
    together = print_each(companies(24), many, workers=2)

    assert [path.name for path in alone] == [path.name for path in together]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(alone, together, strict=True))


@pytest.mark.parametrize("workers", [1, 2])
def test_stopping_keeps_finished_files_and_nothing_half_written(tmp_path, workers):
    told: list[int] = []

    with pytest.raises(Cancelled):
        print_each(
            companies(200),
            tmp_path,
            workers=workers,
            is_cancelled=lambda: bool(told),
            on_progress=told.append,
        )

    files = list(tmp_path.iterdir())
    assert 10 <= len(files) < 200
    assert all(path.suffix == ".pdf" and opened(path.read_bytes()).pages for path in files)


def test_contents_are_taken_as_they_are_needed(tmp_path):
    taken = 0

    def counted():
        nonlocal taken
        for content in companies(50):
            taken += 1
            yield content

    with pytest.raises(Cancelled):
        print_each(counted(), tmp_path, is_cancelled=lambda: True)

    assert taken == 10


def test_all_in_one_file_begin_on_pages_of_their_own(tmp_path):
    path = tmp_path / "all.pdf"
    told: list[int] = []

    print_merged(companies(3), path, title="支援経過記録（3社）", on_progress=told.append)

    texts = page_texts(path.read_bytes())
    assert len(texts) == 3
    assert all(f"第{number}精密" in text for number, text in enumerate(texts))
    assert told == [1, 2, 3]


def test_a_stopped_merge_leaves_the_earlier_file_alone(tmp_path):
    path = tmp_path / "all.pdf"
    path.write_bytes(b"earlier")

    with pytest.raises(Cancelled):
        print_merged(companies(3), path, title="3社", is_cancelled=lambda: True)

    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        print_each(companies(1), tmp_path / "gone")


def test_a_batch_writes_what_a_single_print_writes(tmp_path):
    (path,) = print_each([PLAN], tmp_path)

    assert path.read_bytes() == write([lay_out(PLAN)])


def test_file_names_hold_only_what_file_systems_take():
    content = history_of(company=replace(COMPANY, name='甲/乙:丙*?"<>|\n丁'))

    assert file_name(content) == "支援経過記録_甲／乙：丙＊？”＜＞｜丁_7000012050002.pdf"


def test_file_names_of_minutes_tell_the_visit():
    assert file_name(minutes_of(VISIT)).endswith("_第3回.pdf")


def test_processes_are_started_only_for_many():
    assert workers_for(29) == 1
    assert workers_for(1000) >= 1


def test_printing_asks_before_every_page_whether_somebody_types(monkeypatch):
    asked = []
    monkeypatch.setattr(COURTESY, "make_way", lambda: asked.append("here"))
    document = lay_out(history_of(*[VISIT] * 9))
    pages = len(document.pages)
    assert pages > 1
    assert len(asked) == pages
    write([document])
    assert len(asked) >= 2 * pages
