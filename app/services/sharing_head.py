"""What this device tells the others of itself: what it wrote, what it holds, which key log it knows (6.5)."""

from __future__ import annotations

from app.services.sharing_deposits import unanswered
from app.services.sharing_standing import Standing
from app.sharing.objects.heads import MOST_NEWEST, Head, PackTip, StreamTip
from app.sharing.objects.tips import BEGIN_BYTES, Tip
from db.base import Connection
from db.mirror import Mirror
from db.packs import Packs

PACKS_IN_HEAD = 8


def head_of(connection: Connection, standing: Standing, counter: int, now_ms: int) -> Head:
    """The head of this device by what its store holds."""
    own, mirror = standing.identity.device, Mirror(connection)
    packs = _pack_tips(connection, own)
    streams = tuple(
        StreamTip(
            stream,
            standing.compartments.get(epoch, (bytes(16), b""))[0],
            following,
            last,
            tuple(each[:16] for each in mirror.newest_ids(stream, MOST_NEWEST)),
            packs.get(stream, ()),
        )
        for stream, (following, last, epoch) in sorted(mirror.streams_of(own).items())
    )
    tips = tuple(
        Tip(stream, sequence, object_id[:BEGIN_BYTES])
        for stream, (device, sequence, object_id) in sorted(mirror.newest().items())
        if device != own
    )
    made_by = standing.sealer.program
    deposits = unanswered(connection, standing)
    heads = standing.membership.heads
    return Head(counter, now_ms, made_by.app, made_by.schema, streams, tips, heads, deposits)


def _pack_tips(connection: Connection, device: bytes) -> dict[bytes, tuple[PackTip, ...]]:
    """By stream, what the newest packs of this device hold of it; older ones are found by a listing."""
    tips: dict[bytes, tuple[PackTip, ...]] = {}
    for each in Packs(connection).newest(device, PACKS_IN_HEAD):
        tips[each.stream] = (*tips.get(each.stream, ()), PackTip(each.first, each.last, each.short_id))
    return tips
