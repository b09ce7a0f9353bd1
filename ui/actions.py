"""Every command of the program once: id, label, icon and keys. Keys are unique and not configurable."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence


@dataclass(frozen=True, slots=True)
class Command:
    """What a person can call by key. `keys` are portable Qt key texts; the first one is shown on buttons."""

    id: str
    label: str
    icon: str = ""
    keys: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key as a key cap shows it, such as 「Ctrl+Enter」; empty when there is none."""
        return (
            self.keys[0].replace("Return", "Enter").replace("Left", "左").replace("Right", "右")
            if self.keys
            else ""
        )


COMMANDS = (
    Command("go_to", "移動・さがす", "search", ("Ctrl+K",)),
    Command("new", "新しく入れる", "plus", ("Ctrl+N",)),
    Command("find", "この画面でさがす", "search", ("Ctrl+F",)),
    Command("find_everywhere", "すべてからさがす", "search", ("Ctrl+Shift+F",)),
    Command("find_next", "次の一致へ", "down", ("F3",)),
    Command("find_previous", "前の一致へ", "up", ("Shift+F3",)),
    Command("edit", "直す", "pencil", ("F2",)),
    Command("stamp", "時刻を入れる", "clock", ("F5",)),
    Command("read_back", "読み合わせ", "people", ("Ctrl+R",)),
    Command("guest", "来客表示", "guest", ("F11",)),
    Command("finish", "終える", "check", ("Ctrl+Return", "Ctrl+Enter")),
    Command("print", "印刷", "print", ("Ctrl+P",)),
    Command("write_out", "書き出す", "download", ("Ctrl+E",)),
    Command("save", "保存を確かめる", "save", ("Ctrl+S",)),
    Command("undo", "元に戻す", "undo", ("Ctrl+Z",)),
    Command("redo", "やり直す", "", ("Ctrl+Y", "Ctrl+Shift+Z")),
    Command("mark_fact", "印: 事実", "dot", ("Ctrl+1",)),
    Command("mark_issue", "印: 課題", "triangle", ("Ctrl+2",)),
    Command("mark_decision", "印: 決定", "check", ("Ctrl+3",)),
    Command("mark_homework", "印: 宿題", "square", ("Ctrl+4",)),
    Command("mark_deadline", "印: 期限", "clock", ("Ctrl+5",)),
    Command("mark_secret", "印: 秘密", "key", ("Ctrl+6",)),
    Command("tab_overview", "概要", "company", ("Alt+1",)),
    Command("tab_sessions", "面談", "note", ("Alt+2",)),
    Command("tab_analysis", "分析", "idea", ("Alt+3",)),
    Command("tab_plan", "計画", "gantt", ("Alt+4",)),
    Command("tab_files", "資料", "document", ("Alt+6",)),
    Command("tab_history", "履歴", "history", ("Alt+8",)),
    Command("panel", "右の欄", "panel", ("Ctrl+J",)),
    Command("duplicates", "重なった企業をまとめる", "company"),
    Command("back", "戻る", "left", ("Alt+Left",)),
    Command("forward", "進む", "right", ("Alt+Right",)),
    Command("next_place", "次の場所", "down", ("Ctrl+Tab",)),
    Command("previous_place", "前の場所", "up", ("Ctrl+Shift+Tab",)),
    Command("lock", "鍵をかける", "lock", ("Ctrl+L",)),
    Command("text_larger", "文字を大きく", "plus", ("Ctrl++", "Ctrl+;", "Ctrl+=")),
    Command("text_smaller", "文字を小さく", "minus", ("Ctrl+-",)),
    Command("text_standard", "文字を標準に", "", ("Ctrl+0",)),
    Command("help", "この画面の使いかた", "question", ("F1",)),
    Command("keys", "この画面のキー", "keyboard", ("Ctrl+F1",)),
)

MARK_COMMANDS = {
    "mark_fact": "fact",
    "mark_issue": "issue",
    "mark_decision": "decision",
    "mark_homework": "homework",
    "mark_deadline": "deadline",
    "mark_secret": "secret",
}


@cache
def command(command_id: str) -> Command:
    """The command of that id. Raises KeyError when there is none."""
    for known in COMMANDS:
        if known.id == command_id:
            return known
    raise KeyError(command_id)


def is_command_key(event: QKeyEvent) -> bool:
    """Whether the key belongs to a command.

    Editors let such keys go: on X11 Qt binds Ctrl+K and Ctrl+E to line editing itself.
    """
    pressed = QKeyCombination(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key(event.key()))
    return QKeySequence(pressed).toString() in _command_keys()


@cache
def _command_keys() -> frozenset[str]:
    return frozenset(QKeySequence(keys).toString() for known in COMMANDS for keys in known.keys)
