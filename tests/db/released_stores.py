"""Stores as each released program left them, in `tests/data/stores/NNNN.db`, by the number of their schema.

`python -m tests.db.released_stores` adds the one of today's schema before a release. A file of a program
that was released is never made again: it stands for the stores that people have.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path
from random import Random

from app.log_rules import RULES
from db.migrating import schema_number
from db.store import Store, create
from tests.db.conftest import AUTHOR, KEY, TEAM, record_number

FOLDER = Path(__file__).resolve().parents[1] / "data" / "stores"
COMPANY, SESSION, ACTION = (record_number(number) for number in (10, 20, 30))
GONE, SECRET = record_number(41), record_number(42)
LINES = {record_number(40): "治具を作る。図面は渡さない。", GONE: "消した行", SECRET: "秘密の行"}


def make(path: Path) -> None:
    """Write a store that holds every kind of change: new, altered, in conflict, merged, deleted, undone."""
    stamps, noise = count(1 << 40), Random(1)
    create(path, KEY, {"team_id": TEAM, "user_id": AUTHOR.user, "device_id": AUTHOR.device})
    store = Store(path, KEY, RULES, AUTHOR, tick=lambda: next(stamps), new_save_id=lambda: noise.randbytes(8))
    _write_team(store)
    _write_company(store)
    _write_session(store)
    store.close()


def _write_team(store: Store) -> None:
    with store.writing() as work:
        work.save("team", TEAM, {"region": "北国県", "meeting_name": "連携会議"}, compartment=TEAM)
        work.save("person", AUTHOR.user, {"name": "佐藤 圭", "side": "support"}, compartment=TEAM)


def _write_company(store: Store) -> None:
    values = {"name": "北国精密", "products": "治具を作る。図面は渡す。", "confidentiality": "team"}
    with store.writing() as work:
        work.save("company", COMPANY, values, compartment=COMPANY)
        shown = work.load("company", COMPANY)
    for form, name in ((None, "北国精密株式会社"), (shown, "ほっこく精密")):
        with store.writing() as work:
            work.save("company", COMPANY, {"name": name}, form)
    with store.writing() as work:
        work.save("company", COMPANY, {"products": "治具を作る。図面は渡さない。"})
        work.save("company", COMPANY, {"products": "治具を二つ作る。図面は渡す。"}, shown)


def _write_session(store: Store) -> None:
    head = {"company_id": COMPANY, "starts_at": "2025-07-22T13:00", "method": "visit", "place": "本社"}
    with store.writing() as work:
        work.save("support_session", SESSION, head, compartment=COMPANY)
        for number, (line, words) in enumerate(LINES.items()):
            values = {"company_id": COMPANY, "support_session_id": SESSION, "text": words}
            work.save("note_line", line, {**values, "order_key": f"a{number}"}, compartment=COMPANY)
        work.save("note_line", SECRET, {"is_secret": True})
        action = {"company_id": COMPANY, "title": "治具を作る", "due_on": "2025-08-08", "status": "open"}
        work.save("action_item", ACTION, {**action, "source_line_id": SECRET}, compartment=COMPANY)
    with store.writing() as work:
        work.delete("note_line", GONE)
        work.delete("action_item", ACTION)
    with store.writing() as work:
        work.undelete("action_item", ACTION)


if __name__ == "__main__":
    made = FOLDER / f"{schema_number():04}.db"
    make(made)
    sys.stdout.write(f"{made.name}\n")
