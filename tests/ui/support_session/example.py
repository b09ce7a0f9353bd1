"""A visit as it stands at 13:38, and the screen on it in a plain window or in the program's own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from app.clock import JAPAN
from app.domain.note_sheet import Edit, Line
from app.domain.order_keys import seeded_from
from app.domain.terms import Mark, PersonSide
from app.paths import StoreFolder
from app.services.directory import Services
from app.undo import UndoChains
from tests.services.conftest import KEY
from tests.services.records import put, wall

if TYPE_CHECKING:
    from app.workplace import Workplace

SAID = (
    ("13:02", Mark.FACT, "主力は切削。売上の6割が建機メーカー1社で、来期は2割減の見通し"),
    ("13:05", Mark.FACT, "焼入れの条件表が12年分ある。紙の台帳で、見られるのは社長と工場長だけ"),
    (
        "13:09",
        Mark.ISSUE,
        "図面を渡した先が、よく似た治具を作っているのではないかという不安がある。見積りのときに図面を"
        "そのままPDFで送り、取り決めは口頭のみ",
    ),
    ("13:15", Mark.DEADLINE, "6/12 の機械展に新しい治具Aを出した。パンフレットも50部ほど配った"),
    ("13:18", None, "現場では昔から「北匠」と呼ばれ、得意先の注文書にもその名で載る"),
    ("13:21", "secret", "焼入れは850度で40分、油は65度に保つ"),
    ("13:26", Mark.ISSUE, "海外の商社から引き合いが2件。何を見せてよいかを決めていない"),
    ("13:30", Mark.DECISION, "治具Aは特許出願を検討する。焼入れの条件は出願せず、社内の秘密にする"),
    ("13:33", Mark.HOMEWORK, "公開前の図面の一覧を作る　高橋 8/5"),
    ("13:35", Mark.HOMEWORK, "弁理士の相談を予約する　鈴木 7/29"),
)


def company(services: Services) -> str:
    """北国精密, with two people of the team and one of its own."""
    company_id = put(services.place, "company", name="北国精密(株)")
    for name in ("佐藤 健二", "鈴木 花子"):
        services.people.add({"name": name, "side": PersonSide.SUPPORT})
    services.people.add({"name": "高橋 誠", "role": "社長"}, company_id)
    services.people.add({"name": "木村 豊", "role": "工場長"}, company_id)
    return company_id


def visit(services: Services, company_id: str, *, lines: bool = True) -> str:
    """A visit of 2025-07-22 from 13:00 on, with what was said."""
    sessions = services.support_sessions
    session_id = sessions.start(company_id, wall("2025-07-22T13:00"))
    sheet = sessions.sheet(session_id)
    sessions.change(sheet.form, {"place": "工場", "purpose": "治具の強みと取引先を聞く"})
    people = (*services.people.of_company(company_id), *services.people.of_team())
    sessions.set_attendees(session_id, [person.id for person in people])
    if lines:
        sessions.edit_lines(session_id, Edit(put=tuple(_line(services, *said) for said in SAID)))
    services.place.undo_chains = UndoChains()
    return session_id


def _line(services: Services, at: str, mark: Mark | str | None, text: str) -> Line:
    hour, minute = map(int, at.split(":"))
    stamp = datetime(2025, 7, 22, hour, minute, tzinfo=JAPAN)
    kept = mark if isinstance(mark, Mark) else None
    return Line(services.place.new_id(), text, stamp, seeded_from(stamp), kept, mark == "secret")


def services_of(place: Workplace) -> Services:
    """Services on a store of the tests."""
    return Services(place, StoreFolder(place.store.path.parent), KEY, is_practice=True)
