"""What 訪問準備 says, as rows for its lists. No widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.calendar import western
from app.rows.preparation import CarriedHomework, Preparation
from ui.day_words import month_day, overdue_words, short_day_weekday
from ui.models.row_list_model import Entry, ListRow
from ui.screens.support_session.words import NO_OWNER, day_words


def facts(shown: Preparation) -> tuple[str, ...]:
    """Which visit, when and where."""
    when = f"{day_words(shown.starts_at.date())} {shown.starts_at:%H:%M}" if shown.starts_at else ""
    return tuple(part for part in (f"第{shown.ordinal}回", when, shown.place) if part)


def count_words(count: int) -> str:
    """「4件」, nothing for none."""
    return f"{count}件" if count else ""


def blocks(shown: Preparation) -> Mapping[str, Sequence[Entry]]:
    """The rows of each block."""
    return {
        "homework": [_homework(str(n), each, shown) for n, each in enumerate(shown.homework)],
        "questions": [ListRow(str(n), text, icon="question") for n, text in enumerate(shown.questions)],
        "dates": [ListRow(str(n), text, lead=western(on)) for n, (on, text) in enumerate(shown.dates)],
        "visits": [
            ListRow(
                each.session_id,
                f"第{each.ordinal}回 {each.method_term}",
                quiet=short_day_weekday(each.on, shown.today),
                detail=each.gist,
            )
            for each in shown.visits
        ],
    }


def _homework(key: str, item: CarriedHomework, shown: Preparation) -> ListRow:
    quiet = item.owner or NO_OWNER
    if item.due_on is None:
        return ListRow(key, item.title, quiet=quiet, right="期日なし")
    late = (shown.today - item.due_on).days
    if late > 0:
        words = f"! {month_day(item.due_on)} {overdue_words(late)}"
        return ListRow(key, item.title, quiet=quiet, right=words, right_tone="danger")
    return ListRow(key, item.title, quiet=quiet, right=short_day_weekday(item.due_on, shown.today))
