"""Looking into the 置き場: whose it is, what lies there, and what the heads of others say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.errors import PlaceOfAnotherTeam
from app.place_faults import place_fault
from app.services.sharing_standing import Standing
from app.services.sharing_state import TeamIdentity
from app.sharing.membership.names import ROSTER
from app.sharing.objects import heads as head_bytes
from app.sharing.objects import vault_file
from app.sharing.objects.container import ObjectType, SealedObject, parse
from app.sharing.objects.heads import Head
from app.sharing.objects.malformed import MalformedObject, NewerFormat
from app.sharing.objects.names import VAULT_FILE, Name, is_worth_reading, read_name
from app.sharing.places.many import get_many, list_many
from app.sharing.places.place import Content, Entry, Failed, Place
from app.sharing.places.stopping import Stop
from app.sharing.rounds.roots import root_of


@dataclass(frozen=True, slots=True)
class SeenHead:
    """A head as it lies in the place: its object's id, who wrote it, and under which tag it was found."""

    id: bytes
    device: bytes
    tag: str
    head: Head

    @property
    def name(self) -> str:
        """Where a head of this device lies."""
        return Name(ObjectType.HEAD, self.device).path

    @property
    def mark(self) -> str:
        """By what it is known again: its tag, or its id where the place gives none."""
        return self.tag or self.id.hex()


@dataclass(frozen=True, slots=True)
class Listed:
    """What lies in `h/`, and the heads of it that could be read and were not dealt with before.

    `dealt_with` are devices whose heads were. `lying` is what was read, sealed as it lies there.
    """

    entries: tuple[Entry, ...]
    heads: tuple[SeenHead, ...]
    has_unread: bool
    dealt_with: frozenset[bytes]
    lying: tuple[SealedObject, ...]


class Looking:
    """Reads from one place for one team. Raises the case that a failure is.

    `newer` are names of what was met that a newer program made in a form unknown here.
    """

    def __init__(self, place: Place, stop: Stop, identity: TeamIdentity) -> None:
        self._place = place
        self._stop = stop
        self._identity = identity
        self._server_ms: int | None = None
        self.newer: set[str] = set()

    def clock_off_ms(self, now_ms: int) -> int | None:
        """How far the clock is ahead of the server's; `now_ms` is when this began to look."""
        return None if self._server_ms is None else now_ms - self._server_ms

    def has_vault_file(self) -> bool:
        """Whether this team's vault file lies there, whole. Raises PlaceOfAnotherTeam for another's."""
        answer = self._place.get(VAULT_FILE, self._stop)
        if isinstance(answer, Failed):
            raise place_fault(answer)
        if not isinstance(answer, Content):
            return False
        try:
            file = vault_file.read(answer.content)
            is_ours = file.vault == self._identity.vault and root_of(file) == self._identity.root
        except MalformedObject:
            return False
        if not is_ours:
            raise PlaceOfAnotherTeam
        return True

    def below(self, prefix: str) -> tuple[Entry, ...]:
        """Objects below a directory."""
        return self.below_each([prefix])

    def below_each(self, prefixes: Sequence[str]) -> tuple[Entry, ...]:
        """Objects below several directories, in their order; nobody waits for one listing after the other."""
        found: dict[str, tuple[Entry, ...]] = {}
        for prefix, listing in list_many(self._place, prefixes, self._stop):
            if isinstance(listing, Failed):
                raise place_fault(listing)
            self._server_ms = self._server_ms or listing.server_ms
            found[prefix] = tuple(entry for entry in listing.entries if is_worth_reading(entry.name))
        return tuple(entry for prefix in prefixes for entry in found[prefix])

    def fetch(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """What is there of these names, as it comes."""
        for name, answer in get_many(self._place, names, self._stop):
            if isinstance(answer, Content):
                yield name, answer.content

    def objects(self, names: Iterable[str], kind: ObjectType) -> Iterator[SealedObject]:
        """Whole objects of one type; anything else is passed over."""
        for name, data in self.fetch(names):
            named = read_name(name)
            try:
                sealed = parse(data, self._identity.vault, named.id if named else None)
            except NewerFormat:
                self.newer.add(name)
                continue
            except MalformedObject:
                continue
            if sealed.header.type == kind:
                yield sealed

    def heads(self, entries: Iterable[Entry], standing: Standing, seen: Mapping[str, str]) -> Listed:
        """The heads among these entries, except those that were dealt with, by their marks."""
        tags = {entry.name: entry.tag for entry in entries if not _was_dealt_with(entry, seen)}
        lying = tuple(self.objects(tags, ObjectType.HEAD))
        return self._listed(tuple(entries), lying, standing, seen)

    def judged_anew(self, listed: Listed, standing: Standing, seen: Mapping[str, str]) -> Listed:
        """The same heads, now that more of the key log is known."""
        return self._listed(listed.entries, listed.lying, standing, seen)

    def _listed(
        self,
        entries: tuple[Entry, ...],
        lying: tuple[SealedObject, ...],
        standing: Standing,
        seen: Mapping[str, str],
    ) -> Listed:
        tags = {entry.name: entry.tag for entry in entries if not _was_dealt_with(entry, seen)}
        new = [each for each in lying if not self._was_read(each, seen)]
        heads = tuple(found for each in new if (found := _read_head(each, standing, tags)) is not None)
        has_unread = len(lying) - len(new) + len(heads) < len(tags)
        known = {_device_in(entry) for entry in entries if entry.name not in tags}
        known.update(each.header.device for each in lying)
        known.difference_update(each.header.device for each in new)
        return Listed(entries, heads, has_unread, frozenset(known), lying)

    def _was_read(self, sealed: SealedObject, seen: Mapping[str, str]) -> bool:
        """Whether a head was dealt with, where the place gives no tags.

        The own one is always read: an older one may have come back in place of what was put since.
        """
        device = sealed.header.device
        is_own = device == self._identity.device
        return not is_own and seen.get(Name(ObjectType.HEAD, device).path) == sealed.id.hex()


def _was_dealt_with(entry: Entry, seen: Mapping[str, str]) -> bool:
    return bool(entry.tag) and seen.get(entry.name) == entry.tag


def _device_in(entry: Entry) -> bytes:
    named = read_name(entry.name)
    return named.device if named and named.device else b""


def _read_head(sealed: SealedObject, standing: Standing, tags: Mapping[str, str]) -> SeenHead | None:
    device = sealed.header.device
    signer = standing.log.signers.get(device)
    key = standing.ring.key(ROSTER, sealed.header.epoch)
    if signer is None or key is None:
        return None
    try:
        sealed.check_signature(signer)
        head = head_bytes.decode(sealed.open_body(key, head_bytes.MOST_HEAD_BYTES))
    except MalformedObject:
        return None
    return SeenHead(sealed.id, device, tags.get(Name(ObjectType.HEAD, device).path, ""), head)
