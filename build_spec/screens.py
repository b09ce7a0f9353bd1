"""Every screen of the program, to be drawn or measured: where each is, and how to come there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from threading import Barrier

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.bootstrap import open_workplace
from app.domain.terms import EngagementStatus
from app.paths import StoreFolder
from app.services.companies import CompanyService
from app.services.directory import Services
from app.services.practice_pair import make_practice_pair
from app.services.practice_store import make_practice_store
from app.services.sharing import SharingService
from app.services.store_door import FirstEntries, StoreDoor
from app.store_keys import unlock_practice
from app.workplace import Workplace
from ui.collecting import end_window
from ui.navigation import Place, Route
from ui.program import Program
from ui.screens.settings.backups_section import NEWEST
from ui.tasks import SIDE_THREADS

Maker = Callable[[StoreFolder], None]
SIZES = ((1024, 520), (1366, 688), (1920, 1000))
PASSPHRASE = "絵を描くための合言葉です"  # noqa: S105 - of a store that lives for a minute
GUEST = "guest"
"""The command that turns 来客表示 on, and off again."""
NOON = datetime(2026, 7, 22, 4, 38, tzinfo=UTC)
"""13:38 on Wednesday 22 July 2026 in Japan."""


class StillClock:
    """Stands at one moment."""

    def now(self) -> datetime:
        """That moment."""
        return NOON


@dataclass(frozen=True, slots=True)
class Shot:
    """One view of a screen: its name, the route it shows, and the commands that open what lies on it."""

    name: str
    route: Route
    commands: tuple[str, ...] = ()


def make_practice(store: StoreFolder) -> None:
    """The practice region, which has something of everything."""
    make_practice_store(store, StillClock())


def make_empty(store: StoreFolder) -> None:
    """A store as the first run leaves it."""
    door = StoreDoor(store, clock=StillClock())
    keys = door.draw_keys(PASSPHRASE, PASSPHRASE)
    entries = FirstEntries("北国県", 1, "鈴木 花子", "北国県産業振興財団", "補佐")
    door.close(door.create(keys, PASSPHRASE, entries).services)


def make_shared(store: StoreFolder) -> None:
    """One of two practice devices, with questions, something unsent and a text that was put together."""
    pair, _ = make_practice_pair(store.path.with_name("pair"), StillClock())
    first, second = (
        open_workplace(each, unlock_practice(each), clock=StillClock()) for each in (pair.first, pair.second)
    )
    for number, place in enumerate((second, first)):
        _write_apart(place, number)
        SharingService(place).synchronise()
    SharingService(second).synchronise()
    _write_unsent(first)
    for place in (first, second):
        place.store.close()
    pair.place.rename(pair.place.with_name("抜いた置き場"))
    pair.first.path.rename(store.path)


def _write_apart(place: Workplace, number: int) -> None:
    """Each of two members writes the same things in another way, and one deletes what the other edits."""
    with place.reading() as reading:
        actions = reading.records("action_item", order=("id",))[:2]
        company = reading.records("company", order=("id",))[0]
        lines = reading.records("note_line", order=("id",), is_secret=None)
    texts = ("先方の都合で8月5日に変更。", "7月31日に電話で確認。")
    with place.action("練習", None) as work:
        work.save("action_item", actions[0]["id"], {"due_on": date(2026, 8, 5 - 3 * number)})
        work.save("company", company["id"], {"products": texts[number]})
        work.save("note_line", lines[0]["id"], {"text": f"{lines[0]['text']}{texts[number]}"})
        if number:
            work.delete("action_item", actions[1]["id"])
        else:
            work.save("action_item", actions[1]["id"], {"title": "弁理士と特許庁に相談する"})


def _write_unsent(place: Workplace) -> None:
    companies = CompanyService(place)
    company = companies.list_rows()[0].id
    visit = companies.card(company).course[0].id
    with place.reading() as reading:
        lines = reading.records("note_line", support_session_id=visit, order=("order_key", "id"))
        actions = reading.records("action_item", company_id=company)
    with place.action("練習", None) as work:
        for each in lines[1:3]:
            work.save("note_line", each["id"], {"text": f"{each['text']}（聞き直し）"})
        work.save("action_item", actions[0]["id"], {"title": f"{actions[0]['title']}（見直し）"})


def shots(services: Services) -> Iterator[Shot]:
    """Every screen that a store of this kind has; of one that shares, those that show it."""
    if services.sharing_status.has_team():
        yield from _shared_shots(services)
        return
    yield Shot("S01-today", Route(Place.TODAY))
    yield Shot("S02-companies", Route(Place.COMPANIES))
    yield Shot("S02-new-company", Route(Place.COMPANIES, tab="new"))
    yield Shot("S02-duplicates", Route(Place.COMPANIES, tab="duplicates"))
    for name, sought in (("empty", ""), ("hits", "図面"), ("nothing", "潜水艦")):
        yield Shot(f"search-{name}", Route(Place.SEARCH, sought=sought))
    yield from _company_shots(services)
    for name, tab in (("alone", None), ("create", "create"), ("join", "join"), ("recover", "recover")):
        yield Shot(f"S12-{name}", Route(Place.TEAM, tab=tab))
    own = "practice" if services.is_practice else "keys"
    for tab in ("team", "people", "masters", "looks", own, "backups", "trash", "support", "about"):
        yield Shot(f"settings-{tab}", Route(Place.SETTINGS, tab=tab))
    yield Shot("settings-backup-items", Route(Place.SETTINGS, tab="backups", item_id=NEWEST))
    yield Shot("sync", Route(Place.SYNC))
    yield Shot("go-to", Route(Place.TODAY), ("go_to",))
    yield Shot("help", Route(Place.COMPANIES), ("help",))


def _shared_shots(services: Services) -> Iterator[Shot]:
    yield Shot("sync", Route(Place.SYNC))
    for number, row in enumerate(services.conflicts.rows()):
        question = Route(Place.SYNC, item_id=row.key)
        yield Shot(f"S11-{number}-{row.kind}", question)
        yield Shot(f"S11-{number}-own", question, ("edit",))
    yield Shot("sync-merged", Route(Place.SYNC, tab="merged"))
    yield Shot("sync-carry", Route(Place.SYNC, tab="carry"))
    yield Shot("S01-today", Route(Place.TODAY))
    yield Shot("S02-companies", Route(Place.COMPANIES))
    company = services.companies.list_rows()[0]
    home = Route(Place.COMPANIES, company_id=company.id)
    session = services.companies.card(company.id).course[0]
    yield Shot("S03-overview", home)
    yield Shot("S04-visit", replace(home, tab="sessions", item_id=session.id))
    yield Shot("S07-plan", replace(home, tab="plan"))
    yield Shot("S03-history", replace(home, tab="history"))
    yield from _team_shots(services)


def _team_shots(services: Services) -> Iterator[Shot]:
    """What an administrator sees of a team and of somebody else's device in it."""
    yield Shot("S12-people", Route(Place.TEAM))
    for tab in ("invite", "requests", "held", "place", "sheet", "versions", "leave"):
        yield Shot(f"S12-{tab}", Route(Place.TEAM, tab=tab))
    device = next(each for each in services.sharing.overview().devices if not each.is_own)
    for tab in ("member", "companies", "stop", "end"):
        yield Shot(f"S12-{tab}", Route(Place.TEAM, tab=tab, item_id=device.id))


def _company_shots(services: Services) -> Iterator[Shot]:
    companies = services.companies.list_rows()
    if not companies:
        yield Shot("S10-printing", Route(Place.DOCUMENTS))
        return
    company = companies[0]
    course = services.companies.card(company.id).course
    for name, tab in (
        ("overview", None),
        ("sessions", "sessions"),
        ("intake", "intake"),
        ("files", "files"),
        ("history", "history"),
    ):
        yield Shot(f"S03-{name}", Route(Place.COMPANIES, company_id=company.id, tab=tab))
    yield Shot("S03-panel", Route(Place.COMPANIES, company_id=company.id), ("panel",))
    session = max(course, key=lambda entry: entry.decisions + entry.homework)
    visit = Route(Place.COMPANIES, company_id=company.id, tab="sessions", item_id=session.id)
    yield Shot("S04-visit", visit)
    yield Shot("S04-find", replace(visit, sought="の"))
    yield Shot("S04-panel", visit, ("panel",))
    yield Shot("S04-head", visit, ("edit",))
    yield Shot("S04-guest", visit, (GUEST,))
    planned = services.today.board().next_session
    if planned is not None and planned.id is not None:
        to_be = replace(visit, company_id=planned.company_id, item_id=planned.id)
        yield Shot("S04-begun", to_be)
    back = replace(visit, tab="read_back")
    yield Shot("S05-read-back", back)
    yield Shot("S05-correct", back, ("edit",))
    yield Shot("S05-guest", back, (GUEST,))
    held = [entry for entry in course if entry.is_finished and entry.id != session.id]
    yield Shot("S05-answered", replace(back, item_id=held[-1].id))
    yield Shot("S04-leftover", replace(back, tab="leftover"))
    yield Shot("S04-preparation", replace(back, tab="preparation"))
    analysis = Route(Place.COMPANIES, company_id=company.id, tab="analysis")
    yield Shot("S06-analysis", analysis)
    yield Shot("S06-panel", analysis, ("panel",))
    yield Shot("S06-new", analysis, ("new",))
    plan = Route(Place.COMPANIES, company_id=company.id, tab="plan")
    yield Shot("S07-plan", plan)
    yield Shot("S07-panel", plan, ("panel",))
    yield Shot("S07-new", plan, ("new",))
    supported = tuple(each.id for each in companies if each.status is EngagementStatus.SUPPORTED)
    for document in ("history", "minutes", "plan", "visit-sheet"):
        route = Route(Place.DOCUMENTS, company_ids=supported[:1], document=document)
        yield Shot(f"S10-{document}", route)


def show(program: Program, shot: Shot) -> None:
    """Go there by its route, and wait until all is there."""
    program.window.open(shot.route)
    settle(program)
    for command in shot.commands:
        program.window.run_command(command)
    if shot.commands:
        settle(program)
    if shot.route.company_ids:
        until(partial(_is_drawn, program))


def leave(program: Program, shot: Shot) -> None:
    """Close with Esc what the commands of a shot opened; 来客表示 ends as it began."""
    if GUEST in shot.commands:
        program.window.run_command(GUEST)
        return
    focused = QApplication.activePopupWidget() or QApplication.focusWidget()
    if shot.commands and focused is not None:
        QTest.keyClick(focused, Qt.Key.Key_Escape)


def close(program: Program) -> None:
    """Close the window, and let it go before Python does."""
    program.window.close()
    end_window(program.window)


def _is_drawn(program: Program) -> bool:
    """Whether the screen in front has all it shows: the preview of paper draws its pages by and by."""
    return bool(getattr(program.window.current_screen(), "is_shown", True))


def settle(program: Program) -> None:
    """Wait until store thread and side threads have answered, and what the answers asked for as well."""
    for _ in range(3):
        for side, threads in ((False, 1), (True, SIDE_THREADS)):
            answered: list[object] = []
            # They meet only when every thread has come so far, with all that was asked for before.
            meeting = Barrier(threads)
            for _ in range(threads):
                program.tasks.run(lambda _, meeting=meeting: meeting.wait(), answered.append, side=side)
            until(lambda answered=answered, threads=threads: len(answered) == threads)
    wait(30)


def until(is_so: Callable[[], bool]) -> None:
    """Let the window work until something is so. Raises TimeoutError after half a minute."""
    for _ in range(3_000):
        if is_so():
            return
        wait(10)
    raise TimeoutError


def wait(milliseconds: int) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
