"""Every case has words, the words have their parts, and what they say fits the facts."""

import ast
import errno
import importlib
import inspect
import pkgutil
import string
import tomllib
from collections.abc import Iterator
from importlib.resources import files

import pytest

import app
from app import errors
from app.errors import AppError, Unavailable
from tests.architecture.sources import modules

PARTS = ("title", "detail", "action")
NEVER_SAID = [
    "エラー",
    "アップロード待ち",
    "保存中",
    "同期中",
    "同期完了",
    "タイムアウト",
    "コンフリクト",
    "マージ",
    "競合",
    "互換性",
    "復号",
    "マスターキー",
    "失敗",
    "不正",
    "無効",
    "パスフレーズ",
    "パスワード",
    "キーリング",
    "?",
    "？",
]


def wording() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("resources").joinpath("wording", "ja.toml").read_text(encoding="utf-8"))


def cases(above: type[AppError] = AppError) -> Iterator[type[AppError]]:
    for case in above.__subclasses__():
        if "code" in vars(case) and not case.__module__.startswith("tests."):
            yield case
        yield from cases(case)


CASES = sorted(cases(), key=lambda case: case.code)


def names_used(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


def facts_of(case: type[AppError]) -> set[str]:
    return {
        name
        for name, parameter in inspect.signature(case).parameters.items()
        if parameter.kind is not inspect.Parameter.VAR_KEYWORD
    }


def test_every_case_has_an_entry_and_every_numbered_entry_a_case() -> None:
    codes = {case.code for case in CASES}
    assert codes - set(wording()) == set()
    assert {code for code, entry in wording().items() if "number" in entry} - codes == set()


def test_every_case_stands_in_the_one_list_of_them() -> None:
    for module in pkgutil.walk_packages(app.__path__, "app."):
        importlib.import_module(module.name)
    assert [case.__qualname__ for case in cases() if case not in CASES] == []


def test_every_case_is_one_that_the_program_meets() -> None:
    named = {name for source in modules() for name in names_used(source.tree)}
    assert [case.__name__ for case in CASES if case.__name__ not in named] == []


def test_no_two_cases_share_a_code_or_a_number() -> None:
    codes = [case.code for case in CASES]
    numbers = [entry["number"] for entry in wording().values() if "number" in entry]
    assert len(codes) == len(set(codes))
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_message_says_what_happened_what_is_safe_and_one_next_step(case: type[AppError]) -> None:
    entry = wording()[case.code]
    assert set(entry) == {"number", *PARTS}
    assert all(entry[part].strip() for part in PARTS)
    assert entry["number"].startswith("E-")
    assert len(entry["number"]) == len("E-201")
    assert not entry["title"].endswith("。")
    assert entry["detail"].endswith("。")
    assert len(entry["action"]) <= 16
    assert all(len(sentence) < 60 for part in PARTS for sentence in entry[part].split("。"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_message_blames_nobody_and_speaks_plainly(case: type[AppError]) -> None:
    said = "".join(wording()[case.code][part] for part in PARTS)
    assert [word for word in NEVER_SAID if word in said] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_message_names_only_facts_that_its_case_brings(case: type[AppError]) -> None:
    entry = wording()[case.code]
    named = {name for part in PARTS for _, name, _, _ in string.Formatter().parse(entry[part]) if name}
    assert named <= facts_of(case)


def test_an_error_speaks_in_its_code_and_facts() -> None:
    wrong = errors.WrongPassphrase(tries_left=3, wait_minutes=5)
    assert str(wrong) == "keys.wrong_passphrase tries_left=3 wait_minutes=5"
    assert wrong.facts == {"tries_left": 3, "wait_minutes": 5}


def test_what_does_not_answer_is_told_apart_from_what_the_person_can_mend() -> None:
    assert isinstance(errors.KeyringSilent(wait_seconds=5), Unavailable)
    assert not isinstance(errors.DiskFull(), Unavailable)


@pytest.mark.parametrize(
    ("number", "case"),
    [
        (errno.ENOSPC, errors.DiskFull),
        (errno.EDQUOT, errors.DiskFull),
        (errno.EROFS, errors.FolderReadOnly),
        (errno.EACCES, errors.FolderReadOnly),
        (errno.ENOENT, errors.FolderVanished),
        (errno.EIO, errors.CannotWrite),
    ],
)
def test_a_refused_write_is_named_by_what_the_system_says(number: int, case: type[AppError]) -> None:
    assert type(errors.write_fault(OSError(number, "refused"))) is case


def test_a_folder_that_a_person_chose_is_not_called_that_of_the_records() -> None:
    assert type(errors.outside_fault(FileNotFoundError(errno.ENOENT, "gone"))) is errors.FolderMissing
    assert type(errors.outside_fault(OSError(errno.ENOSPC, "full"))) is errors.DiskFull


def test_a_refused_write_without_a_number_is_still_named() -> None:
    assert type(errors.write_fault(OSError("refused"))) is errors.CannotWrite
