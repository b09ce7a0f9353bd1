"""What other devices last said to hold, kept from their heads: so that a carry file brings what they lack."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.services.sharing_looking import SeenHead
from app.sharing.objects import heads
from app.sharing.objects.malformed import MalformedObject
from db.base import Connection
from db.store import read_marker, write_marker


def keep_heads(connection: Connection, seen: Iterable[SeenHead]) -> None:
    """Keep the newest head of each device."""
    for each in seen:
        before: Any = read_marker(connection, _name(each.device))
        if before is None or before[0] < each.head.counter:
            write_marker(connection, _name(each.device), [each.head.counter, heads.encode(each.head)])


def said_to_hold(connection: Connection, device: bytes) -> dict[bytes, int]:
    """The newest sequence number by stream that a device says to hold; nothing if it was never heard of."""
    kept: Any = read_marker(connection, _name(device))
    try:
        head = heads.decode(kept[1]) if kept else None
    except MalformedObject:
        return {}
    if head is None:
        return {}
    own = {tip.stream: tip.next_sequence - 1 for tip in head.streams}
    return {**{tip.stream: tip.sequence for tip in head.tips}, **own}


def _name(device: bytes) -> str:
    return f"sharing_head:{device.hex()}"
