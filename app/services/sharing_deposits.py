"""預かり, the member's side: unsent work in what was lost is sealed to administrators (settled 35).

A member loses a company when it is taken away, and everything when the device is stopped, removed or made
閲覧. What waits there unsent goes into deposits: objects of the 置き場 that only the company's administrators
open. The words stay in the member's own store. Who is let in again sends them in the usual way; that they
then exist twice does no harm, because a change is the same wherever its id comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from app.services.sharing_columns import as_travelling
from app.services.sharing_standing import Standing, held_object
from app.sharing.membership.deposits import read_deposit, recipients_of, seal_deposit
from app.sharing.objects import segment
from app.sharing.objects.container import ObjectType, parse
from app.sharing.objects.names import name_of
from app.sharing.objects.segment import SaveTooLarge, Segment
from db.base import Connection
from db.mirror import HeldObject, Mirror, ObjectState
from db.store import Store
from db.unsent import after, mark_sent, take_back, take_unsent, waiting_changes

MOST_CHANGES = 20_000
MOST_BYTES = 4 << 20
"""Of one deposit."""


def has_lost(standing: Standing, compartment: bytes) -> bool:
    """Whether new work of this device in a compartment of the vault counts no more.

    A company that the key log does not know yet is nobody's loss: its first round makes it known.
    """
    own, users = standing.own, standing.membership.users
    if own is None:
        return False
    return not own.may_write or (compartment in users and own.user not in users[compartment])


def unanswered(connection: Connection, standing: Standing) -> tuple[bytes, ...]:
    """The first 16 bytes of the ids of this device's deposits that no administrator has answered."""
    answered = standing.membership.accepted | standing.membership.declined
    found = (held.id for _, held in handed_over(connection, standing))
    return tuple(sorted(each[:16] for each in found if each not in answered))


def handed_over(connection: Connection, standing: Standing) -> list[tuple[int, HeldObject]]:
    """The device's deposits with their numbers, but those that it took back."""
    return [
        (number, held)
        for number, held in Mirror(connection).of_type(ObjectType.DEPOSIT, standing.identity.device)
        if held.state is not ObjectState.TAKEN_BACK
    ]


class HandingOver:
    """Hands over, and takes back, under one standing."""

    def __init__(self, store: Store, standing: Standing, now_ms: int) -> None:
        self._store = store
        self._standing = standing
        self._now_ms = now_ms

    def run(self) -> dict[str, int]:
        """Hand over what is lost, take back what may be sent again; changes handed over, by company."""
        self._take_back()
        with self._store.reading() as connection:
            waiting = waiting_changes(connection)
        lost = [each for each in waiting if has_lost(self._standing, self._standing.in_vault(each))]
        return {str(UUID(bytes=each)): self._hand_over(each, waiting[each]) for each in sorted(lost)}

    def _hand_over(self, compartment: bytes, waiting: Sequence[int]) -> int:
        count = 0
        while part := self._hand_over_part(compartment, waiting):
            count += len(part)
            waiting = after(waiting, part)
        return count

    def _hand_over_part(self, compartment: bytes, waiting: Sequence[int]) -> Sequence[int]:
        standing, home = self._standing, self._standing.in_vault(compartment)
        identity, program = standing.identity, standing.sealer.program
        with self._store.writing_raw() as connection:
            part = next(take_unsent(connection, waiting, MOST_CHANGES, MOST_BYTES), None)
            if part is None:
                return ()
            numbers, columns = part
            made = Segment(self._now_ms, program.app, program.schema, as_travelling(columns))
            try:
                body = segment.encode(made)
            except SaveTooLarge:
                return ()
            to = recipients_of(standing.membership, home)
            sealed = standing.sealer.deposit(seal_deposit(identity.vault, home, body, identity.keys, to))
            held = held_object(sealed, name_of(sealed.header, sealed.id).path, ObjectState.APPLIED)
            number = Mirror(connection).add(held, sealed.data, placed=False)
            if number is None:
                raise ValueError("a deposit that was sealed before")
            mark_sent(connection, numbers, number)
        return numbers

    def _take_back(self) -> None:
        """Let go out in the usual way what was handed over from where this device may write again."""
        with self._store.reading() as connection:
            numbers = list(self._returning(connection))
        if numbers:
            with self._store.writing_raw() as connection:
                take_back(connection, numbers)
                Mirror(connection).set_state(numbers, ObjectState.TAKEN_BACK)

    def _returning(self, connection: Connection) -> Iterator[int]:
        accepted = self._standing.membership.accepted
        mirror = Mirror(connection)
        for number, held in handed_over(connection, self._standing):
            if held.id not in accepted:
                sealed = parse(mirror.bytes_of(number), self._standing.identity.vault)
                deposit = read_deposit(sealed.content, self._standing.membership.public_of)
                if not has_lost(self._standing, deposit.compartment):
                    yield number
