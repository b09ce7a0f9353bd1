"""判定 of an indicator: how much of the way from where it stood to its target has been covered."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Final

from app.reports.content import Indicator

UNJUDGED: Final = "―"
LEGEND: Final = f"判定　◎ 達成　○ 半分以上　△ 半分未満　▲ 進んでいない　{UNJUDGED} 数では比べられない"
_STEPS: Final = ((Decimal(1), "◎"), (Decimal("0.5"), "○"), (Decimal(0), "△"))


def judgement(indicator: Indicator) -> str:
    """One of ◎ reached, ○ at least half the way, △ less than half, ▲ none, ― where values are no numbers."""
    values = [_number(text) for text in (indicator.baseline, indicator.target, indicator.actual)]
    baseline, target, actual = values
    if baseline is None or target is None or actual is None or target == baseline:
        return UNJUDGED
    share = (actual - baseline) / (target - baseline)
    if share == 0:
        return "▲"
    return next((symbol for least, symbol in _STEPS if share >= least), "▲")


def _number(text: str) -> Decimal | None:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").removesuffix("%")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
