"""The log and the defect report, read for what must never be in them."""

import logging
import sys
import threading
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from app import logs
from app.errors import WrongPassphrase

CLIENT = "北国精密の焼入れ条件"
ROMAN = "Kitaguni Seimitsu"


@pytest.fixture
def log_file(tmp_path: Path) -> Path:
    logs.start_logging(tmp_path / "logs")
    return tmp_path / "logs" / logs.LOG_NAME


@pytest.fixture
def hooks() -> Iterator[list[str]]:
    before = sys.excepthook, threading.excepthook
    shown: list[str] = []
    logs.install_last_resort(shown.append)
    yield shown
    sys.excepthook, threading.excepthook = before


def line(text: str, *arguments: object, name: str = "app.services.companies") -> str:
    record = logging.LogRecord(name, logging.INFO, __file__, 1, text, arguments or None, None)
    return logs.WordlessFormatter().format(record).split(" ", 4)[-1]


def raised(message: str) -> Exception:
    company_name = message
    try:
        try:
            int(company_name)
        except ValueError as broken:
            raise RuntimeError(message) from broken
    except RuntimeError as failure:
        return failure


def test_ids_codes_numbers_and_types_are_logged() -> None:
    said = line(
        "saved %s cells of %s: %s %s", 10, "0198a2b4-0000-7000-8000-000000000001", "disk.full", OSError
    )
    assert said == "saved 10 cells of 0198a2b4-0000-7000-8000-000000000001: disk.full OSError"


@pytest.mark.parametrize(
    "text", [CLIENT, ROMAN, "Seimitsu", f"0198 {CLIENT}", f"disk.full {ROMAN}", "x" * 65 + "1"]
)
def test_a_text_that_is_no_id_is_withheld(text: str) -> None:
    assert line("saved %s", text) == "saved [withheld]"
    assert line("saved %r", [text]) == "saved '[withheld]'"


def test_a_named_argument_is_withheld_too() -> None:
    assert line("saved %(name)s", {"name": CLIENT}) == "saved [withheld]"


def test_a_line_written_with_the_text_inside_is_withheld_whole() -> None:
    assert line(f"saved {CLIENT}") == "[withheld]"


def test_a_line_that_does_not_fit_its_arguments_is_withheld_whole() -> None:
    assert line("saved %d", CLIENT) == "[withheld]"


def test_a_librarys_line_keeps_its_shape_only() -> None:
    assert line("cannot open %s", f"/home/{ROMAN}", name="fontTools.ttLib") == "cannot open [withheld]"
    assert line(f"cannot open {ROMAN}", name="fontTools.ttLib") == "[withheld]"


def test_the_record_itself_is_left_as_it_was() -> None:
    record = logging.LogRecord("app", logging.INFO, __file__, 1, "saved %s", (CLIENT,), None)
    logs.WordlessFormatter().format(record)
    assert record.getMessage() == f"saved {CLIENT}"


def test_an_exception_is_logged_as_types_and_places(log_file: Path, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("app").error("failed", exc_info=raised(CLIENT))
    written = log_file.read_text("ascii")
    assert "test_logs.py" in written
    assert written.index("ValueError") < written.index("RuntimeError")
    assert CLIENT not in log_file.read_text("utf-8")
    assert "?" not in written


def test_our_lines_count_from_info_and_those_of_libraries_from_warning(log_file: Path) -> None:
    logging.getLogger("app.services").info("opened %s", 3)
    logging.getLogger("fontTools").info("subset %s", 3)
    logging.getLogger("fontTools").warning("odd table %s", 3)
    written = log_file.read_text("ascii")
    assert "opened 3" in written
    assert "subset" not in written
    assert "odd table 3" in written


def test_starting_twice_writes_every_line_once(log_file: Path, tmp_path: Path) -> None:
    logs.start_logging(tmp_path / "logs")
    logging.getLogger("app").info("once")
    assert log_file.read_text("ascii").count("once") == 1


def test_the_log_turns_over_before_it_grows_large(log_file: Path) -> None:
    kept = [h for h in logging.getLogger().handlers if isinstance(h, RotatingFileHandler)]
    assert [(h.maxBytes, h.backupCount) for h in kept] == [(1_000_000, 4)]


def test_a_folder_that_takes_no_log_does_not_stop_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    logs.start_logging(tmp_path / "file" / "logs")
    logging.getLogger("app").info("nowhere")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_defect_is_shown_as_a_report_without_client_text(
    hooks: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    failure = raised(CLIENT)
    sys.excepthook(type(failure), failure, failure.__traceback__)
    (report,) = hooks
    assert CLIENT not in report
    assert "company_name" not in report
    assert "RuntimeError" in report
    assert "test_logs.py" in report
    assert report.startswith("Python ")


def test_a_defect_on_another_thread_is_shown_too(hooks: list[str], caplog: pytest.LogCaptureFixture) -> None:
    thread = threading.Thread(target=lambda: int(CLIENT))
    thread.start()
    thread.join()
    assert len(hooks) == 1
    assert "ValueError" in hooks[0]


def test_the_folder_of_the_user_is_not_in_a_report() -> None:
    assert str(Path(__file__).parent.parent.parent) not in logs.wordless_trace(raised(CLIENT))


def test_a_case_of_ours_is_told_by_its_code() -> None:
    assert logs.wordless_trace(WrongPassphrase(tries_left=3, wait_minutes=5)) == (
        "WrongPassphrase keys.wrong_passphrase"
    )


def test_leaving_by_the_keyboard_is_no_defect(hooks: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert hooks == []
    assert "KeyboardInterrupt" in capsys.readouterr().err
