"""来客表示 (F11): what the window shows and does while somebody of one company looks at it."""

from __future__ import annotations

from dataclasses import replace

from ui.navigation import Route
from ui.screens.screen import Crumb, Heading
from ui.widgets.message_bar import MessageKind
from ui.wording import Message

ON_WORDS = "来客表示中 (F11 で戻る)"
FACING_WORDS = "この企業の内容だけを出しています"
NOT_NOW = "来客表示の間は開きません。F11 で戻れます"
NOT_WHILE_READING = "先方に見せている間は開きません。「あとで確認する」で戻れます"
NOT_HERE = "来客表示は、面談か読み合わせの画面で使えます。今すぐ隠すには Ctrl+L"

_STORE_FAULTS = "E-1"
_ALLOWED = frozenset(
    (
        *(
            "guest",
            "read_back",
            "edit",
            "stamp",
            "finish",
            "reopen",
            "later",
            "leftover",
            "save",
            "undo",
            "redo",
        ),
        *("mark_fact", "mark_issue", "mark_decision", "mark_homework", "mark_deadline", "mark_secret"),
        *("panel", "back", "forward", "lock", "text_larger", "text_smaller", "text_standard"),
    )
)
"""What can be done before a guest. All else could show another company."""


class GuestView:
    """Knows the company whose guest looks; no widgets."""

    def __init__(self) -> None:
        self.company_id: str | None = None
        self._held: tuple[Message, MessageKind, str] | None = None

    @property
    def is_on(self) -> bool:
        """Whether F11 is on."""
        return self.company_id is not None

    def is_offered(self, route: Route | None) -> bool:
        """Whether there is something at the route to show to a guest."""
        return route is not None and route.company_id is not None and route.shows_guest(route.company_id)

    def turn(self, route: Route | None) -> bool:
        """Turn on for the company of the route, or off; False where there is none to turn on for."""
        if self.is_on:
            self.company_id = None
        elif route is not None and self.is_offered(route):
            self.company_id = route.company_id
        else:
            return False
        return True

    def lets_open(self, route: Route | None) -> bool:
        """Whether one may go there."""
        return self.company_id is None or (route is not None and route.shows_guest(self.company_id))

    def lets_run(self, command_id: str, *, is_bare: bool) -> bool:
        """Whether a command may run; `is_bare` while the window shows nothing but one company."""
        return not is_bare or command_id in _ALLOWED

    def heading(self, heading: Heading) -> Heading:
        """The heading without ways to other places."""
        if not self.is_on:
            return heading
        crumbs = (
            Crumb(each.label, each.route if self.lets_open(each.route) else None) for each in heading.crumbs
        )
        return replace(heading, crumbs=tuple(crumbs))

    def lets_see(self, message: Message, kind: MessageKind) -> bool:
        """Whether a message of no screen in front may show: only that the store takes nothing any more."""
        return kind == "danger" or message.number.startswith(_STORE_FAULTS)

    def hold(self, message: Message, kind: MessageKind, other: str = "") -> None:
        """Keep a message of another screen until nobody else looks."""
        self._held = message, kind, other

    def held(self) -> tuple[Message, MessageKind, str] | None:
        """The message that was kept, once."""
        held, self._held = self._held, None
        return held
