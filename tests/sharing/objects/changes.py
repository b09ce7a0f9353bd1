"""Changes for tests: drawn by hypothesis, or made in any number."""

from __future__ import annotations

import random
from dataclasses import replace

import msgpack
from hypothesis import strategies as st

from app.sharing.objects.segment import COVERS, KNOWN, SEEN, Changes, Segment
from tests.sharing.objects.factories import drawn
from tests.sharing.objects.logged import LoggedChange, gathered

USERS = tuple(drawn(16, f"user {number}") for number in range(3))
RECORDS = tuple(drawn(16, f"record {number}") for number in range(20))
OTHER_SAVES = tuple(drawn(8, f"other save {number}") for number in range(5))
TEXT = "北国精密の治具。見積は来週、金型は再来週に。"

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(1 << 63), (1 << 63) - 1)
    | st.text(max_size=40)
    | st.binary(max_size=9)
)
VALUES = (SCALARS | st.dictionaries(st.text(max_size=5), SCALARS, max_size=3)).map(msgpack.packb)
TIMES = st.integers(0, (1 << 63) - 1) | st.integers(1_764_000_000_000 << 16, 1_764_000_100_000 << 16)


def change_id(save: bytes, index: int) -> bytes:
    return save + index.to_bytes(4, "big")


@st.composite
def logs(draw: st.DrawFn) -> list[LoggedChange]:
    """Changes of some saves, each save together and in order, referring to each other and to others.

    Saves, indexes, values and times are drawn one by one; what goes with what comes from a seed: quicker.
    """
    saves = draw(st.lists(st.binary(min_size=8, max_size=8), unique=True, min_size=1, max_size=4))
    indexes = st.integers(0, 300) | st.integers(0, (1 << 20) - 1)
    ids = [
        change_id(save, index)
        for save in saves
        for index in sorted(draw(st.sets(indexes, min_size=1, max_size=5)))
    ]
    values = draw(st.lists(VALUES, min_size=1, max_size=4))
    times = draw(st.lists(TIMES, min_size=1, max_size=4))
    chance = random.Random(draw(st.integers(0, 1 << 30)))
    others = [change_id(save, index) for save in OTHER_SAVES for index in (0, 70_000)]
    return [_one_change(own, values, times, ids + others, chance) for own in ids]


def _one_change(
    own: bytes, values: list[bytes], times: list[int], others: list[bytes], chance: random.Random
) -> LoggedChange:
    kind = chance.choice(("set", "set", "ack", "newer"))
    shown = chance.sample(others, chance.choice((0, 0, 1, 1, 3)))
    known = chance.sample(others, chance.choice((0, 0, 0, 1)))
    return LoggedChange(
        own,
        chance.choice(RECORDS),
        chance.choice(("company", "note_line")),
        chance.choice(("name", "text", 'a"; DROP', "備考")),
        kind,
        None if kind == "ack" else chance.choice(values),
        chance.choice(times),
        chance.choice(USERS),
        tuple(shown),
        tuple(each for each in known if each not in shown),
        tuple(chance.sample(others, chance.choice((0, 0, 0, 2)))),
    )


def many(count: int, seed: int = 1, per_save: int = 8) -> list[LoggedChange]:
    """Changes as saves of forms make them: most follow one they saw."""
    draw = random.Random(seed)
    newest: dict[tuple[bytes, str], bytes] = {}
    made: list[LoggedChange] = []
    for number in range(count):
        save, index = divmod(number, per_save)
        record = drawn(16, f"{seed} {save // 3}")
        field = f"field_{index}"
        value = TEXT[draw.randrange(9) : draw.randrange(10, 21)] if index % 2 else draw.randrange(99)
        before = newest.get((record, field))
        own = change_id(drawn(8, f"{seed} save {save}"), index)
        newest[record, field] = own
        made.append(
            LoggedChange(
                own,
                record,
                "note_line",
                field,
                "set",
                msgpack.packb(value),
                (1_764_000_000_000 + save * 30_000) << 16,
                USERS[0],
                (before,) if before else (),
            )
        )
    return made


def segment_of(changes: list[LoggedChange], **fields: object) -> Segment:
    """A segment of these changes."""
    made = Segment(sealed_ms=1_764_000_000_000, app="1.2.3", schema=4, changes=gathered(changes))
    return replace(made, **fields)  # type: ignore[arg-type]


def listed(changes: Changes) -> list[LoggedChange]:
    """The changes one by one, read back from columns by plain means."""

    def named(save: int, index: int) -> bytes:
        return change_id(changes.saves[save], index)

    found: dict[tuple[int, int], list[bytes]] = {}
    references = changes.references
    for row, what, save, index in zip(
        references.row, references.sense, references.save, references.index, strict=True
    ):
        found.setdefault((row, what), []).append(named(save, index))
    rows = []
    for row in range(len(changes)):
        parent = changes.parent_save[row]
        seen = [named(parent - 1, changes.parent_index[row])] if parent else found.get((row, SEEN), [])
        rows.append(
            LoggedChange(
                named(changes.save[row], changes.index[row]),
                changes.records[changes.record[row]],
                changes.types[changes.type[row]],
                changes.fields[changes.field[row]],
                changes.kinds[changes.kind[row]],
                changes.value[row],
                changes.time[row],
                changes.users[changes.user[row]],
                tuple(seen),
                tuple(found.get((row, KNOWN), [])),
                tuple(found.get((row, COVERS), [])),
            )
        )
    return rows
