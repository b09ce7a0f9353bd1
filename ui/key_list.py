"""The keys of the program in groups: all of them for paper, those of one place for help."""

from __future__ import annotations

from collections.abc import Container, Sequence

from app.rows.keys import KeyGroup
from ui.actions import COMMANDS, MARK_COMMANDS, command

_GROUPS = {
    "行き来する": (
        *("go_to", "back", "forward", "next_place", "previous_place"),
        *("tab_overview", "tab_sessions", "tab_analysis", "tab_plan", "tab_files", "tab_history", "panel"),
    ),
    "書く・印を付ける": (*MARK_COMMANDS, "stamp", "finish", "read_back", "guest", "undo", "redo", "save"),
    "入れる・さがす・出す": (
        *("new", "edit", "find", "find_next", "find_previous", "find_everywhere", "print", "write_out"),
    ),
    "画面": ("text_larger", "text_smaller", "text_standard", "lock", "help", "keys"),
}
_OTHERS = "そのほか"
LISTS = KeyGroup(
    "一覧と表の中",
    (
        ("上・下", "行を移る"),
        ("Enter", "開く"),
        ("Space", "選ぶ、済にする"),
        ("Ctrl+A", "すべて選ぶ"),
        ("Del", "ごみ箱へ (元に戻せます)"),
        ("F4", "選択肢や暦を開く"),
        ("Tab", "次の所へ出る"),
        ("Esc", "閉じる (文字は消えません)"),
    ),
)
"""Keys that belong to what has the focus, not to a command."""


def all_keys() -> Sequence[KeyGroup]:
    """Every command that has a key, once, and the keys of lists."""
    return keys_of({known.id for known in COMMANDS})


def keys_of(here: Container[str]) -> Sequence[KeyGroup]:
    """The commands of one place, in groups, and the keys of lists."""
    grouped = {each for group in _GROUPS.values() for each in group}
    rest = tuple(known.id for known in COMMANDS if known.id not in grouped)
    groups = [_group(heading, ids, here) for heading, ids in (*_GROUPS.items(), (_OTHERS, rest))]
    return [*(group for group in groups if group.keys), LISTS]


def _group(heading: str, ids: Sequence[str], here: Container[str]) -> KeyGroup:
    known_ids = {known.id for known in COMMANDS}
    named = [command(each) for each in ids if each in known_ids and each in here]
    return KeyGroup(heading, tuple((each.key, each.label) for each in named if each.key))
