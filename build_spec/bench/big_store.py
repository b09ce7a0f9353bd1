"""Fills a store with many companies, visits and lines, for measuring: the same ones every time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import product
from uuid import UUID

from sqlalchemy import Connection

from app.clock import JAPAN
from app.domain.corporate_number import check_digit
from app.domain.links import LinkKind, link_record_id
from app.domain.order_keys import seeded_from
from app.domain.terms import ActionStatus, EngagementStatus, Mark, Protection, SeedKind, SessionMethod, Stage
from app.ids import record_id
from app.log_rules import RULES
from app.services.practice_files import note_lines, read_companies
from app.sync.clock import COUNTER_BITS
from db.cells import BY_NAME
from db.change_log import FIELD_BITS, INDEX_BITS, pack
from db.projection import Projections, columns_of
from db.search_index import SearchIndex
from db.store import Store
from db.types import Wire, instant_ms, to_wire

SEED = 20260401
LAST_DAY = date(2026, 3, 13)
"""The day of the newest visit; the others go back four years from it."""

_SPAN_DAYS = 4 * 365
_LINE_MARKS = (
    None,
    None,
    Mark.FACT,
    Mark.FACT,
    Mark.FACT,
    Mark.ISSUE,
    Mark.DECISION,
    Mark.HOMEWORK,
    Mark.DEADLINE,
)
_STEMS = (
    "朝日",
    "旭",
    "大森",
    "片倉",
    "北浜",
    "清水",
    "鷹巣",
    "高梨",
    "千歳",
    "寺泊",
    "常盤",
    "長浜",
    "鳴海",
    "西川",
    "野々山",
    "羽黒",
    "早瀬",
    "日高",
    "平沢",
    "福原",
    "藤枝",
    "古川",
    "星野",
    "前田",
    "松島",
    "水口",
    "宮下",
    "室田",
    "柳沢",
    "渡良瀬",
)
_TRADES = (
    ("製作所株式会社", "せいさくしょ", "24"),
    ("精機株式会社", "せいき", "26"),
    ("食品有限会社", "しょくひん", "09"),
    ("木工株式会社", "もっこう", "13"),
    ("染織株式会社", "せんしょく", "11"),
    ("電機株式会社", "でんき", "29"),
    ("酒造合資会社", "しゅぞう", "10"),
    ("樹脂株式会社", "じゅし", "18"),
    ("印刷株式会社", "いんさつ", "15"),
    ("窯業株式会社", "ようぎょう", "21"),
)


def fill(store: Store, companies: int = 300, visits: int = 6_000, lines: int = 60_000) -> None:
    """Write that many records in one transaction, straight into log, view and projections.

    Visits are spread evenly over the companies, lines evenly over the visits. At most 300 companies have
    different names.
    """
    with store.writing_raw() as connection:
        region = _Region(connection, random.Random(SEED), companies, visits, lines)
        for number in range(companies):
            region.write_company(number)
        SearchIndex(connection, RULES.fold).rebuild()


@dataclass
class _Bulk:
    """Gathers the records of one compartment and writes them with one statement per table."""

    connection: Connection
    compartment: str
    time: int
    rows: dict[str, list[tuple[str, str, Mapping[str, Wire]]]] = field(default_factory=dict)
    records: list[tuple[str, str]] = field(default_factory=list)

    def add(self, record_type: str, record: str, **values: object) -> None:
        """Keep a record for writing."""
        wires = {column: to_wire(value) for column, value in values.items() if value is not None}
        self.rows.setdefault(record_type, []).append((record, self.compartment, wires))

    def write(self) -> None:
        """Write everything that was added."""
        run = self.connection.exec_driver_sql
        fields: dict[str, int] = dict(run("SELECT name, no FROM fld").fetchall())
        author = run("SELECT min(no) FROM author").scalar_one()
        save = self._numbered("save", "sid", sha256(self.compartment.encode()).digest()[:8])
        compartment = self._numbered("compartment", "cid", UUID(self.compartment).bytes)
        first = run("SELECT coalesce(max(no), 0) + 1 FROM rec").scalar_one()
        records: list[tuple[int, bytes, str, int]] = []
        changes: list[tuple[int, int, int, int, str, bytes]] = []
        cells: list[tuple[int, int]] = []
        for number, (kind, record, wires) in enumerate(self._all(), first):
            records.append((number, UUID(record).bytes, kind, compartment))
            for name, value in self._cells(kind, wires):
                change, cell = save << INDEX_BITS | len(changes), number << FIELD_BITS | fields[name]
                changes.append((change, cell, self.time, author, "set", pack(value)))
                cells.append((cell, change))
        run("INSERT INTO rec(no, rid, type, compartment) VALUES(?,?,?,?)", records)
        run("INSERT INTO change(id, cell, time, author, kind, value) VALUES(?,?,?,?,?,?)", changes)
        run("INSERT INTO cell(id, winner) VALUES(?,?)", cells)
        projections = Projections(self.connection, RULES.fold)
        for kind, rows in self.rows.items():
            projections.add(BY_NAME[kind], rows)

    def _all(self) -> Iterator[tuple[str, str, Mapping[str, Wire]]]:
        for kind, rows in self.rows.items():
            for record, _, wires in rows:
                yield kind, record, wires

    @staticmethod
    def _cells(kind: str, wires: Mapping[str, Wire]) -> Iterator[tuple[str, object]]:
        by_column = BY_NAME[kind].cell_of_column
        for cell in dict.fromkeys(by_column[column] for column in wires):
            spread = columns_of(cell, wires if cell.is_group else wires[cell.name])
            yield cell.name, spread if cell.is_group else spread[cell.name]

    def _numbered(self, table: str, column: str, value: bytes) -> int:
        added = self.connection.exec_driver_sql(
            f"INSERT INTO {table}({column}) VALUES(?) RETURNING no",
            (value,),
        )
        return int(added.scalar_one())


class _Region:
    """Draws companies with everything in them."""

    def __init__(
        self, connection: Connection, draw: random.Random, companies: int, visits: int, lines: int
    ) -> None:
        self._connection = connection
        self._draw = draw
        self._visit_counts = _shares(visits, companies)
        self._line_counts = iter(_shares(lines, visits))
        self._names = [(stem, *trade) for trade, stem in product(_TRADES, _STEMS)]
        self._clauses = clauses()
        self._began = datetime.combine(LAST_DAY - timedelta(days=_SPAN_DAYS), datetime.min.time(), UTC)
        self._now = self._began

    def write_company(self, number: int) -> None:
        """Write one company with its engagement, people, visits, lines, analysis and plan."""
        self._now = self._began + timedelta(hours=number)
        company_id = self._id()
        bulk = _Bulk(self._connection, company_id, instant_ms(self._now) << COUNTER_BITS)
        engagement_id = self._add_company(bulk, number)
        people = [self._add_person(bulk, company_id) for _ in range(3)]
        line_ids = [
            line_id
            for starts_at in self._visit_moments(self._visit_counts[number])
            for line_id in self._add_visit(bulk, company_id, engagement_id, people, starts_at)
        ]
        self._add_analysis(bulk, company_id, engagement_id, line_ids)
        bulk.write()

    def _id(self) -> str:
        self._now += timedelta(milliseconds=1)
        return record_id(self._now, self._draw.randbytes)

    def _sentence(self, longest: int = 2) -> str:
        return "。".join(self._draw.sample(self._clauses, self._draw.randint(1, longest)))

    def _add_company(self, bulk: _Bulk, number: int) -> str:
        stem, word, kana, middle = self._names[number % len(self._names)]
        base = f"98{number:010d}"
        bulk.add(
            "company",
            bulk.compartment,
            name=f"{stem}{word}",
            kana=kana,
            corporate_number=f"{check_digit(base)}{base}",
            representative_name=f"{stem} 太郎",
            representative_title="代表取締役",
            postal_code="000-0000",
            prefecture="北国県",
            city="みどり市",
            street=f"{number + 1}番地",
            employees_regular=self._draw.randint(5, 120),
            employees_part=self._draw.randint(0, 20),
            industry_major="E",
            industry_middle=middle,
            products=self._sentence(1),
            confidentiality="assigned",
        )
        engagement_id = self._id()
        bulk.add(
            "engagement",
            engagement_id,
            company_id=bulk.compartment,
            fiscal_year=LAST_DAY.year - 1,
            status=EngagementStatus.SUPPORTED,
            status_on=LAST_DAY - timedelta(days=300),
            stage=self._draw.choice(list(Stage)),
            aim=self._sentence(1),
        )
        return engagement_id

    def _add_person(self, bulk: _Bulk, company_id: str) -> str:
        person_id = self._id()
        name = f"{self._draw.choice(_STEMS)} {self._draw.choice(['健', '薫', '誠', '望', '葵', '明'])}"
        bulk.add("person", person_id, company_id=company_id, side="company", name=name, role="課長")
        return person_id

    def _visit_moments(self, count: int) -> list[datetime]:
        days = sorted(self._draw.choices(range(_SPAN_DAYS), k=count))
        return [
            datetime.combine(LAST_DAY - timedelta(days=_SPAN_DAYS - 1 - day), datetime.min.time(), JAPAN)
            + timedelta(hours=self._draw.randint(9, 16))
            for day in days
        ]

    def _add_visit(
        self, bulk: _Bulk, company_id: str, engagement_id: str, people: Sequence[str], starts_at: datetime
    ) -> list[str]:
        session_id = self._id()
        bulk.add(
            "support_session",
            session_id,
            company_id=company_id,
            engagement_id=engagement_id,
            starts_at=starts_at.replace(tzinfo=None),
            ends_at=starts_at.replace(tzinfo=None) + timedelta(minutes=90),
            method=self._draw.choice(list(SessionMethod)),
            place="本社工場",
            purpose=self._sentence(1),
            finished_at=starts_at + timedelta(minutes=95),
        )
        for person in people[: self._draw.randint(1, len(people))]:
            _add_link(bulk, session_id, LinkKind.ATTENDEE, person)
        return [
            self._add_line(bulk, session_id, starts_at + timedelta(minutes=4 * place))
            for place in range(next(self._line_counts))
        ]

    def _add_line(self, bulk: _Bulk, session_id: str, stamped_at: datetime) -> str:
        line_id = self._id()
        bulk.add(
            "note_line",
            line_id,
            company_id=bulk.compartment,
            support_session_id=session_id,
            text=self._sentence(),
            stamped_at=stamped_at,
            order_key=seeded_from(stamped_at),
            mark=self._draw.choice(_LINE_MARKS),
            is_secret=True if self._draw.random() < 0.03 else None,
        )
        return line_id

    def _add_analysis(
        self, bulk: _Bulk, company_id: str, engagement_id: str, line_ids: Sequence[str]
    ) -> None:
        own = {"company_id": company_id, "engagement_id": engagement_id}
        for _ in range(3):
            issue_id = self._id()
            bulk.add(
                "issue",
                issue_id,
                **own,
                title=self._sentence(1),
                management_code=f"M{self._draw.randint(1, 16)}",
                response=self._sentence(),
                order_key=seeded_from(self._now),
            )
            for line_id in self._evidence(line_ids):
                _add_link(bulk, issue_id, LinkKind.EVIDENCE, line_id)
        for kind in self._draw.sample(list(SeedKind), 4):
            seed_id = self._id()
            bulk.add(
                "ip_seed",
                seed_id,
                **own,
                name=self._sentence(1)[:20],
                kind=kind,
                protection=self._draw.choice(list(Protection)),
                order_key=seeded_from(self._now),
            )
            for line_id in self._evidence(line_ids):
                _add_link(bulk, seed_id, LinkKind.EVIDENCE, line_id)
        for _ in range(10):
            self._add_action(bulk, own, line_ids)

    def _evidence(self, line_ids: Sequence[str]) -> list[str]:
        return self._draw.sample(line_ids, min(2, len(line_ids)))

    def _add_action(self, bulk: _Bulk, own: Mapping[str, str], line_ids: Sequence[str]) -> None:
        status = self._draw.choice(list(ActionStatus))
        due_on = LAST_DAY + timedelta(days=self._draw.randint(-200, 60))
        is_done = status is ActionStatus.DONE
        bulk.add(
            "action_item",
            self._id(),
            **own,
            title=self._sentence(1),
            owner_name=self._draw.choice(_STEMS),
            start_on=due_on - timedelta(days=20),
            due_on=due_on,
            status=status,
            done_on=due_on if is_done else None,
            progress_percent=100 if is_done else 0,
            stage=self._draw.choice(list(Stage)),
            source_line_id=self._draw.choice(line_ids) if line_ids else None,
            order_key=seeded_from(self._now),
        )


def _add_link(bulk: _Bulk, left: str, kind: LinkKind, right: str) -> None:
    record = link_record_id(left, kind, right)
    bulk.add("link", record, left_id=left, kind=kind.value, right_id=right, present=True)


def _shares(total: int, parts: int) -> list[int]:
    """A total dealt out evenly: the first parts get one more where it does not divide."""
    return [total // parts + (number < total % parts) for number in range(parts)]


def clauses() -> list[str]:
    """What the practice notes say, clause by clause, leaving out those that name a day."""
    texts = {
        clause.strip()
        for company in read_companies()
        for visit in company["visits"]
        for line in note_lines(visit)
        for clause in line.text.split("。")
    }
    return sorted(text for text in texts if text and "{" not in text)
