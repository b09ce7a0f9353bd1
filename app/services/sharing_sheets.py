"""The team's recovery sheet: drawing one, a new one that administrators vouch for, and using it (8.4)."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.crypto.recovery_words import check_retyped, entropy_of, spell, split_words
from app.errors import PlaceEmptied, PlaceOfAnotherTeam, SheetOfAnotherTeam, SheetUnknown
from app.faults import told
from app.place_faults import place_fault
from app.recovery_sheet import GROUP_WORDS, GROUPS
from app.services.sharing_access import cuts_of
from app.services.sharing_joining import Joining
from app.services.sharing_looking import Looking
from app.services.sharing_rounds import RoundWishes
from app.services.sharing_standing import Standing, add_entries, keep_keys, publish
from app.services.sharing_state import TeamIdentity, read_identity
from app.sharing.membership.acts import EndorseRoot, Role
from app.sharing.membership.batch import Draft
from app.sharing.membership.desk import Desk, Newcomer
from app.sharing.membership.epochs import KeyRing
from app.sharing.membership.keys import SEED_BYTES, PrivateKeys, PublicKeys, new_device_keys, root_keys
from app.sharing.membership.state import Status
from app.sharing.objects import vault_file
from app.sharing.objects.container import ObjectType, SealedObject
from app.sharing.objects.malformed import MalformedObject
from app.sharing.objects.names import VAULT_FILE
from app.sharing.places.place import Content, Failed, Place
from app.sharing.places.stopping import Stop
from app.sharing.rounds.key_log import read_key_log
from app.sharing.rounds.roots import root_of
from db.base import Connection

_DIGITS, _GROUP = 20, 4


def draw_sheet() -> tuple[str, ...]:
    """The 24 words of a new recovery sheet; they count once a team is made with them or vouches for them."""
    return spell(os.urandom(SEED_BYTES))


def groups_to_prove() -> tuple[int, int]:
    """Two groups of four words, from 1 and in rising order, that are to be typed back from the paper."""
    first = int.from_bytes(os.urandom(4)) % GROUPS
    second = (first + 1 + int.from_bytes(os.urandom(4)) % (GROUPS - 1)) % GROUPS
    return min(first, second) + 1, max(first, second) + 1


def positions_of(group: int) -> range:
    """The places of a group's words on the paper, from 1."""
    return range((group - 1) * GROUP_WORDS + 1, group * GROUP_WORDS + 1)


def words_of_group(group: int, typed: str) -> dict[int, str]:
    """What was typed for a group, by the places of its words; what is missing is blank, what is over counts
    as wrong in the last place.
    """
    words = split_words(typed)
    places = positions_of(group)
    kept = [*words[: GROUP_WORDS - 1], "".join(words[GROUP_WORDS - 1 :])]
    return dict(zip(places, [*kept, *[""] * GROUP_WORDS][:GROUP_WORDS], strict=True))


def prove_sheet(words: Sequence[str], typed: Mapping[int, str]) -> None:
    """Raise RetypedWordDiffers unless the words at these places (from 1) are those of the sheet."""
    for position, word in typed.items():
        check_retyped(words, position, word)


def digits_of_sheet(words: Sequence[str]) -> str:
    """What is printed on a sheet, so that people can say which one they mean without its words."""
    return digits_of_root(root_keys(entropy_of(words)).public)


def digits_of_root(root: PublicKeys) -> str:
    """20 digits of the root's fingerprint, in groups of four."""
    digits = f"{int.from_bytes(root.root_fingerprint) % 10**_DIGITS:0{_DIGITS}}"
    return " ".join(digits[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))


@dataclass(frozen=True, slots=True)
class _Vault:
    """A team as the holder of a sheet finds it in its 置き場."""

    id: bytes
    file: bytes
    first_root: PublicKeys


class SheetActs(Joining):
    """Needs the words of a sheet, which are kept nowhere."""

    def offer_sheet(self, words: Sequence[str], stop: Stop | None = None) -> str:
        """Vouch for a new sheet, as an administrator; it counts once all of them have.

        Returns the code of what keeps the 置き場 from hearing of it.
        """
        return self._vouch(root_keys(entropy_of(words)).public, stop)

    def vouch_for_sheet(self, root: str, stop: Stop | None = None) -> str:
        """Vouch for a new sheet that another administrator made. Raises SheetUnknown."""
        _, standing = self._standing()
        for public, _authors in offered_roots(standing):
            if public.root_id.hex() == root:
                return self._vouch(public, stop)
        raise SheetUnknown

    def _vouch(self, public: PublicKeys, stop: Stop | None) -> str:
        def drafting(standing: Standing, _connection: Connection) -> Draft:
            self._require_administrator(standing)
            return standing.desk(self._now_ms()).endorse_root(public)

        return self._act(drafting, stop=stop)

    def recover(
        self,
        words: Sequence[str] | str,
        address: str,
        name: str,
        stop: Stop | None = None,
        *,
        is_replacing: bool = False,
    ) -> None:
        """Make this device an administrator by the sheet, with the keys of every company.

        A device in use stays what it is; any other joins anew as `name`. `is_replacing` takes out all
        administrators' devices that were there: nobody admitted later could. Raises what is wrong with the
        words, SheetOfAnotherTeam, TeamThere, and the failures of the place.
        """
        root = root_keys(entropy_of(words))
        stop = stop or Stop()
        with self._opened(address) as (place, kept_address):
            vault = _vault_at(place, stop)
            self._require_may_recover(vault.id)
            keys = self._keys_in_use(vault.id) or new_device_keys()
            identity = TeamIdentity(vault.id, vault.first_root, keys, kept_address, vault.file)
            self._admit_by(root, identity, self._entries_at(identity, place, stop), name)
            self._round(identity, place, stop, RoundWishes(look_through=True))
            if is_replacing:  # after all of their work has come in
                self._replace_others(root)
                self._round(identity, place, stop, RoundWishes())

    def _require_may_recover(self, vault: bytes) -> None:
        """A device in use may take its own team's sheet; else as with an invitation."""
        if self._keys_in_use(vault) is None:
            self._require_may_join(vault)

    def _keys_in_use(self, vault: bytes) -> PrivateKeys | None:
        with told(), self._store.reading() as connection:
            identity = read_identity(connection)
        if identity is None or identity.vault != vault or not self._is_in_use(identity):
            return None
        return identity.keys

    @staticmethod
    def _entries_at(identity: TeamIdentity, place: Place, stop: Stop) -> list[SealedObject]:
        looking = Looking(place, stop, identity)
        names = [entry.name for entry in looking.below("k/")]
        return list(looking.objects(names, ObjectType.KEY_LOG_ENTRY))

    def _admit_by(
        self, root: PrivateKeys, identity: TeamIdentity, sealed: list[SealedObject], name: str
    ) -> None:
        standing = _standing_of_root(sealed, identity, root)
        public = identity.keys.public
        newcomer = Newcomer(public, UUID(self._place.user_id).bytes, name)
        draft = _desk_of(root, standing, self._now_ms()).approve(
            newcomer, Role.ADMINISTRATOR, standing.membership.users
        )
        is_new = public.device_id not in standing.membership.devices
        with told(), self._store.writing_raw() as connection:
            add_entries(connection, [each for each in sealed if each.id in standing.log.entries], placed=None)
            keep_keys(connection, standing.ring)
            if is_new:
                self._become(connection, identity)
            publish(connection, standing, draft, signer=root)

    def _replace_others(self, root: PrivateKeys) -> None:
        identity, standing = self._standing()
        with told(), self._store.writing_raw() as connection:
            others = {
                each.id: cuts_of(connection, standing, each.id)
                for each in standing.membership.devices.values()
                if each.role is Role.ADMINISTRATOR
                and each.status is not Status.REMOVED
                and each.id != identity.device
            }
            if others:
                draft = _desk_of(root, standing, self._now_ms()).remove(others)
                publish(connection, standing, draft, signer=root)


def _desk_of(root: PrivateKeys, standing: Standing, now_ms: int) -> Desk:
    return Desk(standing.membership, standing.ring, root.public.root_id, now_ms)


def offered_roots(standing: Standing) -> tuple[tuple[PublicKeys, frozenset[bytes]], ...]:
    """Roots that some administrator vouched for and that do not count yet, with the authors of that."""
    found: dict[bytes, tuple[PublicKeys, set[bytes]]] = {}
    known = {root.root_id for root in standing.membership.roots}
    for entry in standing.log.entries.values():
        for act in entry.acts:
            if isinstance(act, EndorseRoot) and act.public.root_id not in known:
                found.setdefault(act.public.root_id, (act.public, set()))[1].add(entry.author)
    return tuple((public, frozenset(authors)) for _, (public, authors) in sorted(found.items()))


def _vault_at(place: Place, stop: Stop) -> _Vault:
    answer = place.get(VAULT_FILE, stop)
    if isinstance(answer, Failed):
        raise place_fault(answer)
    if not isinstance(answer, Content):
        raise PlaceEmptied
    try:
        file = vault_file.read(answer.content)
        return _Vault(file.vault, answer.content, root_of(file))
    except MalformedObject:
        raise PlaceOfAnotherTeam from None


def _standing_of_root(sealed: list[SealedObject], identity: TeamIdentity, root: PrivateKeys) -> Standing:
    """The team as the sheet opens it. Raises SheetOfAnotherTeam."""
    ring = KeyRing(identity.vault, {})
    log = read_key_log(sealed, ring, root, identity.root, own_id=root.public.root_id)
    if root.public not in log.membership.roots:
        raise SheetOfAnotherTeam
    return Standing(identity, ring, log)
