"""How S05 words what it shows, for the client's eyes."""

from __future__ import annotations

from app.clock import JAPAN
from app.domain.terms import Mark, ReadBackOutcome
from app.rows.read_back import Answer, ReadBackItem, ReadBackSheet
from ui.screens.support_session.words import day_words, short_name
from ui.theme.paint import State

TITLE = "今日の内容を、いっしょに確かめます"
NOTHING = "読み合わせるものは、まだありません"
NOTHING_MORE = "面談の行に Ctrl+3 決定、Ctrl+4 宿題、Ctrl+5 期限の印を付けると、ここに並びます。"
WAITS = "いまは書き込めません。答えは控えに残し、書き込めるようになると保存されます"
SAVED = "この端末に保存しました"
SECTIONS = {Mark.DECISION: "今日決めたこと", Mark.HOMEWORK: "宿題", Mark.DEADLINE: "日にち"}


def owner_words(item: ReadBackItem) -> str:
    """高橋様, 鈴木, as the notes name them; empty for nobody."""
    return short_name(item.owner) if item.owner else item.owner_name


def due_words(item: ReadBackItem) -> str:
    """8/5(火), with the year where it is another than that of the visit."""
    if item.due_on is None:
        return ""
    year = "" if item.due_on.year == item.said_on.year else f"{item.due_on.year}/"
    return f"{year}{day_words(item.due_on)}"


def text_words(item: ReadBackItem) -> str:
    """What is read out: the days first where the line names any, then its words."""
    days = "、".join(day.words for day in item.days)
    return f"{days}\n{item.text}" if days else item.text


def state_of(item: ReadBackItem) -> State:
    """What was answered, in a word and a shape; no words while nothing was."""
    if item.answer is not None:
        is_agreed = item.answer.outcome is ReadBackOutcome.CONFIRMED
        return State("ok" if is_agreed else "warn", _answer_words(item.answer))
    return State("warn", "直したので、もう一度") if item.is_changed else State("flat", "")


def count_words(sheet: ReadBackSheet) -> str:
    """「5件中 2件 確認」."""
    return f"{len(sheet.items)}件中 {sheet.answered}件 確認"


def finished_words(sheet: ReadBackSheet) -> str:
    """What is said when the visit ends from here."""
    waiting = len(sheet.items) - sheet.answered
    if not sheet.items:
        return SAVED
    if waiting:
        return f"{SAVED}。まだの {waiting}件は、面談の「読み合わせ」で続けられます"
    return f"{SAVED}。{len(sheet.items)}件とも確認できました"


def later_words(sheet: ReadBackSheet) -> str:
    """What is said when the rest is left for later."""
    waiting = len(sheet.items) - sheet.answered
    return f"まだの {waiting}件は、面談の「読み合わせ」で続けられます" if waiting else ""


def _answer_words(answer: Answer) -> str:
    at = f"{answer.at.astimezone(JAPAN):%H:%M}"
    by = f" {short_name(answer.by)}" if answer.by else ""
    return f"{answer.outcome.term} {at}{by}"
