"""What people do on the devices of the model, at random but the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.terms import Confidentiality
from app.sync import form as forms
from app.sync import merge
from tests.sync.model import (
    CHILD,
    DELETED,
    LONE,
    MINUTE_MS,
    NEWER_KIND,
    PARENT,
    RECORDS,
    CrashError,
    Device,
    Draft,
    Form,
    Key,
    World,
    sentences_of,
)

YEAR_MS = 365 * 24 * 60 * MINUTE_MS
SKEWS_MS = (0, 0, 4 * MINUTE_MS, -9 * MINUTE_MS, 40 * MINUTE_MS, 3 * YEAR_MS, -2 * YEAR_MS)
LABELS = (*(level.value for level in Confidentiality), None, "from-a-newer-program")


def play(seed: int, look: Callable[[World, Device], None], steps: int = 45) -> World:
    """Five to eight devices work at once, exchange now and then, and at last completely.

    `look` is called with a device at some moments in between. How busy and how talkative people are
    differs from seed to seed.
    """
    world = opened(seed)
    rng = world.rng
    weights = [rng.choice(choices) for choices in ACTS.values()]
    left_open: list[tuple[Device, Form]] = []
    backups = [(device, device.store.copy()) for device in world.devices]
    for _step in range(steps):
        world.true_ms += rng.choice((0, 1, 900, 5 * MINUTE_MS))
        device = rng.choice(world.devices)
        act = rng.choices(list(ACTS), weights)[0]
        _perhaps_crashing(world, device, lambda act=act, device=device: act(world, device))
        if rng.random() < 0.3:
            left_open.append((device, device.load(rng.choice(RECORDS))))
        if rng.random() < 0.1:
            look(world, device)
        if left_open and rng.random() < 0.2:
            device, form = left_open.pop(rng.randrange(len(left_open)))
            _perhaps_crashing(world, device, lambda device=device, form=form: fill_in(world, device, form))
        if rng.random() < 0.03:
            device, kept = rng.choice(backups)
            device.store = kept.copy()
            device.reopen()
    world.quiet()
    return world


def opened(seed: int) -> World:
    """A world whose devices all hold the same first records."""
    world = World(seed)
    for number in range(world.rng.randint(5, 8)):
        is_new = number == 0 or world.rng.random() < 0.5
        world.devices.append(Device(world, is_new=is_new, skew_ms=world.rng.choice(SKEWS_MS)))
    world.devices[-1].is_new = False
    first = world.devices[0]
    for record in RECORDS:
        form = first.load(record)
        text = "".join(f"{record}の文{number}。" for number in range(6))
        save(first, form, {"name": record, "memo": text, "label": "team", "flag": False, "approval": 0})
    world.quiet()
    return world


def play_in_turn(seed: int, steps: int = 25) -> World:
    """People work strictly one after the other, with everything exchanged between, under any clocks."""
    world = opened(seed)
    for _step in range(steps):
        world.true_ms += world.rng.choice((0, 1, MINUTE_MS))
        device = world.rng.choice(world.devices)
        world.rng.choice(IN_TURN)(world, device)
        world.quiet()
    return world


def _perhaps_crashing(world: World, device: Device, act: Callable[[], None]) -> None:
    """Do something; now and then die at one of its writes, start again, and do it again."""
    if world.rng.random() < 0.15:
        device.store.fuse = world.rng.randrange(6)
    try:
        act()
    except CrashError:
        device.reopen()
        act()
    finally:
        device.store.fuse = None


def edit(world: World, device: Device) -> None:
    record = world.rng.choice(RECORDS)
    if device.record(record).is_visible:
        fill_in(world, device, device.load(record))


def fill_in(world: World, device: Device, form: Form) -> None:
    """Type into some fields of a form and save it, with an answer wherever a cell has moved on."""
    writable = [name for name, view in form.views.items() if not view.read_only]
    names = world.rng.sample(writable, min(len(writable), world.rng.randint(1, 3)))
    edited = {name: typed(world, name, form.values[name]) for name in names}
    save(device, form, edited)


def save(device: Device, form: Form, edited: dict[str, object]) -> None:
    drafts = []
    for name, value in forms.altered(form.values, edited).items():
        draft = Draft((form.record, name), merge.SET, value, form.tokens[name], form.shown[name])
        now = device.view(form.record, name)
        if now.read_only:
            continue
        if forms.has_moved_on(draft.token, now):
            answered = _answer(device.world, device, draft, now)
            if answered is None:
                continue
            draft = answered
        if device.is_new and device.world.rng.random() < 0.1:
            draft.kind = NEWER_KIND
        drafts.append(draft)
    device.write(drafts)


def _answer(world: World, device: Device, draft: Draft, now: merge.CellView) -> Draft | None:
    """Keep mine, take theirs, combine; or the program is closed without an answer."""
    answer = world.rng.choice(("mine", "theirs", "combine", "closed"))
    if answer == "theirs":
        return None
    if answer == "closed":
        draft.is_current = False
        return draft
    if answer == "combine" and isinstance(draft.value, str) and isinstance(now.value, str):
        draft.value = now.value + draft.value
    draft.token = forms.after_showing(draft.token, now)
    draft.shown = draft.shown | device.on_screen(draft.key, now)
    return draft


def undo(world: World, device: Device) -> None:
    """Write an earlier value again, with what is on the screen now as token."""
    key = (world.rng.choice(RECORDS), world.rng.choice(list(device.schema)))
    if not device.record(key[0]).is_visible:
        return
    values = [c.value for c in device.store.log.get(key, {}).values() if c.kind == merge.SET]
    view = device.view(*key)
    if values and not view.read_only:
        device.write([_on_screen(device, key, world.rng.choice(values))])


def _dismiss(world: World, device: Device) -> None:
    """Look at a conflict and let it go."""
    for key in _in_conflict(device):
        view = device.view(*key)
        chosen = world.rng.sample(view.conflicts, world.rng.randint(1, len(view.conflicts)))
        device.write([Draft(key, merge.ACK, None, forms.dismissal(view, chosen), set(chosen))])


def _decide(world: World, device: Device) -> None:
    """Look at all sides of a conflict and write what shall hold."""
    for key in _in_conflict(device):
        view = device.view(*key)
        token = forms.after_showing(forms.token_of(view), view, view.conflicts)
        values = [device.store.log[key][each].value for each in view.conflicts] + [
            typed(world, key[1], view.value)
        ]
        value = world.rng.choice(values)
        shown = device.on_screen(key, view).union(view.conflicts)
        device.write([Draft(key, merge.SET, value, token, shown)])


def _in_conflict(device: Device) -> list[Key]:
    return [key for key, view in device.store.views.items() if view.needs_decision and not view.read_only][:2]


def delete(world: World, device: Device) -> None:
    """Delete a record, with its child after the list was shown, in one save."""
    record = world.rng.choice(RECORDS)
    listed = [CHILD] if record == PARENT and device.record(CHILD).is_visible else []
    drafts = []
    for each in (record, *listed):
        draft = _on_screen(device, (each, DELETED), True)
        draft.covers = merge.whole_content(device.cells(each))
        drafts.append(draft)
    device.write(drafts)
    if any(device.record(each).is_visible for each in (record, *listed)):
        world.breach(10, f"{record} is still visible after all of it was deleted")


def restore(world: World, device: Device) -> None:
    """Bring a record back, a child together with its parent."""
    chosen = world.rng.choice(((PARENT,), (PARENT, CHILD), (LONE,)))
    gone = [record for record in chosen if device.view(record, DELETED).value is True]
    device.write([_on_screen(device, (record, DELETED), False) for record in gone])


def _on_screen(device: Device, key: Key, value: object) -> Draft:
    view = device.view(*key)
    return Draft(key, merge.SET, value, forms.token_of(view), device.on_screen(key, view))


def exchange(world: World, device: Device) -> None:
    world.exchange(world.rng.choice(world.devices), device, world.rng.choice((0.2, 0.6, 1.0)))


def move_clock(world: World, device: Device) -> None:
    if not device.was_always_correct:
        device.skew_ms = world.rng.choice(SKEWS_MS)


def typed(world: World, name: str, before: object) -> object:
    """A new value for a field: often one that nobody else writes, sometimes one that others write too."""
    rng = world.rng
    if name == "label":
        return rng.choice(LABELS)
    if name == "flag":
        return rng.choice((True, False))
    if name == "approval":
        return rng.choice((world.fresh(), 0, 1, None))
    if name == "memo" and isinstance(before, str):
        return retyped(world, sentences_of(before))
    return rng.choice((f"値{world.fresh()}", "同じ値", None))


def retyped(world: World, sentences: list[str]) -> str:
    """A text with one sentence put in, changed, taken out, or left without its end."""
    rng = world.rng
    place = rng.randint(0, len(sentences))
    act = rng.choice(("insert", "change", "remove", "chop", "append"))
    if act == "insert" or not sentences:
        return "".join([*sentences[:place], f"文{world.fresh()}。", *sentences[place:]])
    if act == "append":
        return "".join([*sentences, f"続き{world.fresh()}"])
    if act == "chop":
        return "".join(sentences).removesuffix("。")
    place = min(place, len(sentences) - 1)
    put = [f"文{world.fresh()}。\n"] if act == "change" else []
    return "".join([*sentences[:place], *put, *sentences[place + 1 :]])


ACTS: dict[Callable[[World, Device], None], tuple[int, ...]] = {
    edit: (5, 20, 40),
    exchange: (20, 60, 150),
    undo: (0, 5),
    _dismiss: (2, 10),
    _decide: (2, 10),
    delete: (1, 5, 15),
    restore: (1, 5),
    move_clock: (0, 4),
}
"""What can happen, with the weights of which each world draws one."""
IN_TURN = (edit, edit, undo, delete, restore, move_clock)
"""What people do who wait for each other."""
