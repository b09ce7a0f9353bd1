"""Whatever services are given, no word of it gets into the log or the report."""

import inspect
import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_origin, get_type_hints

import pytest

from app.domain.terms import Confidentiality
from app.logs import log_step, start_logging
from app.paths import StoreFolder
from app.services.directory import Services
from app.services.support_reports import log_text, support_report
from app.workplace import Workplace
from tests.services.conftest import KEY
from tests.services.planted import Planting, plant_company

MARKED = "社外秘ZQ9"
_CLOSING = {"close", "abandon"}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    folder = tmp_path / "logs"
    start_logging(folder)
    return folder


def given_for(kind: object) -> Any:
    """A value for a parameter that says of which kind it is; marked wherever text can be."""
    if kind in (int, float, bool):
        return 1
    if kind is Path:
        return Path(f"/nowhere/{MARKED}")
    origin = get_origin(kind)
    if not isinstance(origin, type):
        return MARKED
    if issubclass(origin, Mapping):
        return {MARKED: MARKED, "name": MARKED}
    return [MARKED] if issubclass(origin, Sequence | frozenset) else MARKED


def calls(service: object) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Every public method with marked arguments."""
    for name, method in inspect.getmembers(service, callable):
        if name.startswith("_") or name in _CLOSING:
            continue
        hints = get_type_hints(method)
        parameters = inspect.signature(method).parameters
        yield name, method, {each: given_for(hints.get(each, str)) for each in parameters}


def services_of(services: Services) -> Iterator[object]:
    for name, member in inspect.getmembers(type(services)):
        if hasattr(member, "func") and not name.startswith("_"):
            yield getattr(services, name)


def test_no_service_writes_a_word_that_it_was_given_into_the_log(
    place: Workplace, log: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with place.action("植える", None) as work:
        planting = Planting(place, work)
        plant_company(planting, Confidentiality.ASSIGNED, None)
    services = Services(place, StoreFolder(tmp_path), KEY, is_practice=False)
    called = 0
    for service in services_of(services):
        for name, method, arguments in calls(service):
            called += 1
            try:
                method(**arguments)
            except Exception as failure:
                logging.getLogger("app").error("defect in %s", name, exc_info=failure)
    assert called > 80
    written = log_text(log, most=100_000)
    assert "defect" in written
    assert MARKED not in written
    assert "ZQ" not in written
    assert written.isascii()


def test_a_report_tells_version_system_steps_and_the_end_of_the_log(
    log: Path, caplog: pytest.LogCaptureFixture
) -> None:
    log_step("command", "mark_secret")
    log_step("screen", "today.")
    logging.getLogger("app").warning("opened %s", MARKED)
    report = support_report({"画面": "1366x688"}, log)
    steps, _, tail = report.partition("\n動いた記録の終わり\n")
    assert "版: " in steps
    assert "画面: 1366x688" in steps
    assert "command.mark_secret" in steps
    assert "screen.today." in steps
    assert "[withheld]" in tail
    assert MARKED not in report


def test_the_report_goes_on_into_the_log_before_when_the_newest_is_short(tmp_path: Path) -> None:
    (tmp_path / "banso.log").write_text("3\n4\n")
    (tmp_path / "banso.log.1").write_text("1\n2\n")
    assert log_text(tmp_path).splitlines() == ["1", "2", "3", "4"]
    assert log_text(tmp_path, most=3).splitlines() == ["2", "3", "4"]
    assert log_text(tmp_path / "none") == ""
