"""What opens in the place of a window that closes for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.paths import StoreFolder
from ui.wording import Message

if TYPE_CHECKING:
    from app.store_keys import StoreKey


@dataclass(frozen=True, slots=True)
class Following:
    """A store to open: with a key that is in hand already, and with a message to show once it is open."""

    folder: StoreFolder
    key: StoreKey | None = None
    told: Message | None = None
