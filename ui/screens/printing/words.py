"""The wording of S10: options, title line, chips, and the check before printing. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from app.domain.calendar import fiscal_year_short, western
from app.domain.terms import Confidentiality
from app.rows.companies import CompanyListRow
from app.rows.printing import DocumentKind, LeftOut, Prepared, PrintableVisit, PrintOffer
from ui.models.row_list_model import Entry, ListRow
from ui.screens.printing.choices import ALL, DAYS, NEXT, VISIT, WITH_VISIT, WITHOUT_END, Choices
from ui.theme.paint import State
from ui.widgets.confidentiality import confidentiality_state
from ui.widgets.segmented import Option

NO_STATE = State("flat", "")
_MOST_NAMED = 3


def kind_options() -> list[Option]:
    """The four documents."""
    return [Option(str(kind), kind.term) for kind in DocumentKind]


def level_options() -> list[Option]:
    """The four 取扱 with their shapes."""
    return [
        Option(str(level), level.term, confidentiality_state(level).icon or "") for level in Confidentiality
    ]


def period_options(kind: DocumentKind, offer: PrintOffer) -> list[Option]:
    """The periods that make sense for a document."""
    named = [Option(VISIT, visit_words(offer.visit))] if offer.visit and kind in WITH_VISIT else []
    if kind is DocumentKind.VISIT_SHEET:
        return [*named, Option(NEXT, "次の面談")]
    years = [Option(str(year), year_words(year)) for year in offer.years]
    if kind not in WITHOUT_END:
        return years
    return [*named, *years, Option(ALL, "すべての期間"), Option(DAYS, "日を決める")]


def visit_words(visit: PrintableVisit) -> str:
    """「第4回 2026/07/15(水)」."""
    return f"第{visit.ordinal}回 {_day_words(visit.starts_at)}".rstrip()


def year_words(year: int) -> str:
    """「R8年度 (2026/4–2027/3)」."""
    return f"{fiscal_year_short(year)} ({year}/4–{year + 1}/3)"


def period_fact(choices: Choices, offer: PrintOffer) -> str:
    """The period on the title line."""
    if choices.period.isdigit():
        return fiscal_year_short(int(choices.period))
    if choices.period == DAYS and (choices.since or choices.until):
        return f"{_bound(choices.since)}–{_bound(choices.until)}"
    options = period_options(choices.kind, offer)
    return next((option.label for option in options if option.value == choices.period), "")


def company_words(rows: Sequence[CompanyListRow]) -> str:
    """What the field 企業 shows: one name, or how many."""
    if not rows:
        return "企業を選ぶ"
    return rows[0].name if len(rows) == 1 else f"{len(rows):,}社を選択中"


def left_out_states(left_out: LeftOut) -> list[State]:
    """Chips for what stays inside."""
    states = []
    if left_out.secret:
        states.append(State("secret", f"秘密の行 {left_out.secret:,}件は除きます"))
    if left_out.closed:
        states.append(State("flat", f"この範囲の外 {left_out.closed:,}件も除きます", "minus"))
    return states


def checks(prepared: Prepared, companies: Iterable[CompanyListRow]) -> list[Entry]:
    """What to look at before printing: characters the fonts lack, and companies without a page."""
    rows: list[Entry] = [
        ListRow(
            f"character-{number}",
            _character_words(found.char, found.code),
            detail=found.place or "本文",
            icon="alert",
            icon_tone="warn",
            right=f"{found.count:,}回 {_instead(found.char)}",
        )
        for number, found in enumerate(prepared.unprintable)
    ]
    empty = [row.name for row in companies if row.id in prepared.empty_companies]
    if empty:
        rows.append(
            ListRow(
                "empty",
                f"載せる内容のない企業 {len(empty):,}社",
                detail=_named(empty),
                icon="alert",
                icon_tone="warn",
            )
        )
    return rows


def check_states(prepared: Prepared) -> list[State]:
    """What the title line says of the check: nobody shall print without having been told."""
    states = []
    if prepared.unprintable:
        characters = {found.char for found in prepared.unprintable}
        states.append(State("warn", f"印刷できない文字 {len(characters):,}種類", "alert"))
    if prepared.empty_companies:
        states.append(State("warn", f"頁のない企業 {len(prepared.empty_companies):,}社", "alert"))
    return states


def approval_words(names: Sequence[str]) -> str:
    """「所長・課長・担当」."""
    return "・".join(names) or "なし"


def used_words(used_on: str) -> str:
    """「前回と同じ (7/22)」."""
    day = date.fromisoformat(used_on)
    return f"前回と同じ ({day.month}/{day.day})"


def nothing_words(choices: Choices) -> tuple[str, str]:
    """Title and sentence for choices that leave no page."""
    if not choices.company_ids:
        return "企業が選ばれていません", "左の「企業」で、印刷する企業に印を付けてください。"
    if choices.kind is DocumentKind.PLAN:
        return "この年度の支援計画はありません", "ほかの年度を選ぶか、\n出す範囲を広げると頁ができます。"
    return (
        "この条件では印刷する頁がありません",
        "選んだ期間に面談がないか、\n面談がこの「出す範囲」の外にあります。\n記録はそのままです。",
    )


def _character_words(char: str, code: str) -> str:
    return f"異体字の指定 {code}" if _is_selector(char) else f"「{char}」 {code}"


def _instead(char: str) -> str:
    """What stands on the page in place of the character."""
    return "省く" if _is_selector(char) else "〓"


def _is_selector(char: str) -> bool:
    """Whether it only chooses a shape of the character before it (Unicode 23.4)."""
    return 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF


def _named(names: Sequence[str]) -> str:
    more = f" ほか{len(names) - _MOST_NAMED}社" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more


def _bound(day: date | None) -> str:
    return f"{day:%Y/%m/%d}" if day else ""


def _day_words(moment: datetime | None) -> str:
    return western(moment.date()) if moment else ""
