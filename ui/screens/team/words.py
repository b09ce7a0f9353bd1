"""Words that several pages of チーム use."""

from __future__ import annotations

from datetime import datetime

from app.clock import JAPAN
from app.domain.calendar import western_moment
from app.domain.terms import DeviceStatus
from app.rows.sharing import DeviceRow, MemberRow, RenewalRow
from ui.theme.paint import State

HONEST = (
    "すでに届いていた内容は遠くから消せません。合言葉と暗号で守られています。"
    "今後の変更はその端末には読めません。"
)
"""Always on the screen where devices are stopped (design-ux 1e)."""
SHOWN = (
    "見る権利を渡すと、これまでの記録もすべて読めるようになります。"
    "渡したあとではずしても、届いた内容は相手の端末に残ります。"
)
_STATES = {
    DeviceStatus.ACTIVE: None,
    DeviceStatus.SUSPENDED: State("danger", DeviceStatus.SUSPENDED.term),
    DeviceStatus.REMOVED: State("off", DeviceStatus.REMOVED.term),
}


def until_words(moment: str) -> str:
    """「2026/7/29(水) 13:38」 of an ISO moment in UTC."""
    return western_moment(datetime.fromisoformat(moment).astimezone(JAPAN)) if moment else ""


def sent_words(device: DeviceRow) -> str:
    """When it was last heard of."""
    return until_words(device.last_sent) or "まだ何も届いていません"


def state_of(device: DeviceRow) -> State | None:
    """Its state as a chip; None for a device in use."""
    return _STATES[device.status]


def companies_words(member: MemberRow) -> str:
    """How many companies that can be seen here the person sees too."""
    return f"{len(member.companies)}社" if member.companies else "なし"


def renewal_words(renewal: RenewalRow | None) -> str:
    """「鍵の切替 3/5社 (残り2社は佐藤さんの端末を待っています)」; "" as long as no device was stopped."""
    if renewal is None:
        return ""
    counted = f"鍵の切替 {renewal.done}/{renewal.total}社" if renewal.total else "鍵の切替"
    if renewal.is_over:
        return f"{counted} 完了"
    whose = "・".join(f"{name}さん" for name in renewal.awaited)
    waits = f"{whose}の端末を待っています" if whose else "復旧シートの24語を待っています"
    left = renewal.total - renewal.done
    rest = f"残り{left}社は" if left else "ほかの鍵は"
    return f"{counted} ({rest}{waits})"
