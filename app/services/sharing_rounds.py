"""One round of synchronisation: look, receive, seal, send, heal, report (design-sync 6.8).

The network never runs within a write transaction, and whatever is written is whole by itself: a round may be
stopped, or killed, at any point.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from hashlib import sha256
from uuid import UUID

from app.bootstrap import TEAM, USER
from app.changes import Changes
from app.errors import PlaceEmptied
from app.faults import told
from app.place_faults import place_fault
from app.rows.sharing import RoundReport
from app.services.blob_files import BlobFiles
from app.services.sharing_blobs import BlobCourier
from app.services.sharing_contacts import keep_heads
from app.services.sharing_deposits import HandingOver
from app.services.sharing_head import head_of
from app.services.sharing_healing import Healing
from app.services.sharing_held_work import count_open
from app.services.sharing_inbox import MOST_CHANGES, Inbox
from app.services.sharing_key_log import KeyLogReading
from app.services.sharing_looking import Listed, Looking
from app.services.sharing_outbox import Outbox
from app.services.sharing_packing import Packing
from app.services.sharing_progress import Progress
from app.services.sharing_receiving import Found, Receiving
from app.services.sharing_report import keep_report, with_news
from app.services.sharing_standing import (
    Standing,
    admitted,
    program,
    publish,
)
from app.services.sharing_state import TeamIdentity, read_notes, write_identity, write_notes
from app.sharing.membership.batch import RosterKeyMissing
from app.sharing.membership.state import Status
from app.sharing.objects import heads as head_bytes
from app.sharing.objects.container import parse
from app.sharing.objects.names import VAULT_FILE, name_of
from app.sharing.places.place import Failed, Place, Stored
from app.sharing.places.stopping import Stop
from app.sharing.rounds.packing import PackRules
from app.workplace import Workplace
from db.mirror import Mirror, ObjectState
from db.store import Author, write_marker
from db.unsent import waiting_compartments

PACKS_IN_HEAD = 8
LOOK_THROUGH_MS = 60 * 60 * 1000
MOST_NEWER = 10_000
MEND_TURN_MS = 2 * 60 * 1000
"""How long an administrator's program leaves a gap in the keys to each more senior one."""
_HOUR_MS = 60 * 60 * 1000


def healing_delay_ms() -> int:
    """1 to 24 hours, so that not all devices heal at once."""
    return random.randrange(_HOUR_MS, 24 * _HOUR_MS)  # noqa: S311 - spreads work, guards nothing


@dataclass(frozen=True, slots=True)
class RoundWishes:
    """`look_through`: list the whole place whatever the heads say. `refill`: an empty place is meant.

    `only_receives`: the place is a carry file; nothing goes there, and it says nothing of the 置き場.
    `progress` is counted up as objects come and go; `most_changes` are written in one transaction.
    """

    look_through: bool = False
    refill: bool = False
    only_receives: bool = False
    healing_delay_ms: Callable[[], int] = healing_delay_ms
    packs: PackRules = field(default_factory=PackRules)
    progress: Progress = field(default_factory=Progress)
    most_changes: int = MOST_CHANGES


class Round:
    """One round of one store with one place; made anew for each."""

    def __init__(
        self, workplace: Workplace, identity: TeamIdentity, place: Place, stop: Stop, wishes: RoundWishes
    ) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._identity = identity
        self._place = place
        self._stop = stop
        self._wishes = wishes
        self._looking = Looking(place, stop, identity)
        self._outbox = Outbox(self._store, place, stop, wishes.progress)
        self._blobs = BlobCourier(workplace, BlobFiles.beside(self._store.path), place, stop)
        self._now_ms = int(workplace.now().timestamp() * 1000)
        with self._store.reading() as connection:
            self._notes = read_notes(connection)
            self._before = Mirror(connection).newest_number()
            self._noted = self._notes
        age = self._now_ms - self._notes.looked_through_ms
        self._is_look_through = wishes.look_through or not 0 <= age < LOOK_THROUGH_MS
        self._key_log = KeyLogReading(self._store, self._looking, identity)

    def run(self) -> RoundReport:
        """Do it all. Raises what the place's failures are, PlaceOfAnotherTeam, PlaceEmptied, Stopped."""
        report = self._run()
        with told(), self._store.writing_raw() as connection:
            keep_report(connection, report, self._now_ms)
        return report

    def _run(self) -> RoundReport:
        with told():
            self._check_vault()
            standing, listed = self._look()
            if standing.own is None:
                return self._ask_to_join()
            standing = self._mended(self._at_home(standing))
            self._publish(self._key_log.settle(standing))
            inbox = Inbox(
                self._store,
                standing,
                self._now_ms,
                is_in_place=not self._wishes.only_receives,
                most_changes=self._wishes.most_changes,
            )
            try:
                found = self._receive(inbox, standing, listed)
            finally:
                self._tell(inbox)
            healing = self._heal(standing, found)
            if self._wishes.only_receives:
                return self._report(standing, inbox, found, healing)
            self._blobs.seal_anew(standing)
            handed_over = HandingOver(self._store, standing, self._now_ms).run()
            standing = self._outbox.seal(standing, self._now_ms)
            packing = self._packing(standing)
            may_pack = found.entries is not None and standing.own is not None and standing.own.is_active
            new = packing.pack() if may_pack else set()
            self._send(standing, found, {*healing.again, *new})
            if may_pack:
                self._tidy(packing, standing, found, listed)
            self._carry_files(standing, found)
            self._note()
            report = self._report(standing, inbox, found, healing)
            report = replace(report, handed_over=tuple(sorted(handed_over.items())))
            with self._store.reading() as connection:
                off_ms = self._looking.clock_off_ms(self._now_ms)
                return with_news(connection, report, standing, listed.heads, self._now_ms, off_ms)

    # whose place it is

    def _check_vault(self) -> None:
        if self._looking.has_vault_file():
            return
        if not self._looking.below("k/") and not self._wishes.refill and self._was_filled():
            raise PlaceEmptied
        self._put(VAULT_FILE, self._identity.vault_file)

    def _was_filled(self) -> bool:
        """Whether this device saw the team's objects in a place before, or was invited to where they lie."""
        with self._store.reading() as connection:
            return bool(self._identity.request) or Mirror(connection).has_seen_place()

    def _put(self, name: str, data: bytes) -> None:
        answer = self._place.put(name, data, self._stop)
        if isinstance(answer, Failed):
            raise place_fault(answer)

    # the key log

    def _look(self) -> tuple[Standing, Listed]:
        """What the heads say, and the key log where there may be news of it; idle, that is two requests."""
        reading = self._key_log
        standing, entries = reading.stored(), self._looking.below("h/")
        listed = self._looking.heads(entries, standing, self._notes.seen)
        if not self._is_look_through and not reading.is_wanted(standing, listed):
            return standing, listed
        later = reading.read(standing)
        self._publish(reading.touched)
        if later is not standing:
            listed = self._looking.judged_anew(listed, later, self._notes.seen)
        return later, listed

    def _ask_to_join(self) -> RoundReport:
        request = self._identity.request
        if request and not self._wishes.only_receives:
            sealed = parse(request, self._identity.vault)
            name = name_of(sealed.header, sealed.id).path
            if name not in {entry.name for entry in self._looking.below("j/")}:
                self._put(name, request)
        with self._store.reading() as connection:
            waiting = sum(waiting_compartments(connection).values())
        return RoundReport(waiting=waiting, is_waiting_for_approval=True)

    def _at_home(self, standing: Standing) -> Standing:
        """Once the team has admitted this device, its own records of a team become the team's.

        So does its person, where it was admitted as a further device of somebody who is there already.
        """
        own, team_id = standing.own, str(UUID(bytes=self._identity.vault))
        before, person = self._workplace.team_id, self._workplace.user_id
        user = str(UUID(bytes=own.user)) if own else person
        if not self._identity.request and (before, person) == (team_id, user):
            return standing
        identity = admitted(self._identity)
        with self._store.writing() as work:
            if user != person and person in work.ids_in("person", before):
                work.delete("person", person)
            if before != team_id:
                for kind in ("team", "project_year"):
                    for record in work.ids_in(kind, before):
                        work.delete(kind, record)
                self._store.move_compartment(work.connection, UUID(before).bytes, self._identity.vault)
                write_marker(work.connection, TEAM, team_id)
            if user != person:
                self._store.write_as(work.connection, Author(user, str(UUID(bytes=identity.device))))
                write_marker(work.connection, USER, user)
            write_identity(work.connection, identity)
        self._workplace.team_id, self._workplace.user_id = team_id, user
        self._identity = identity
        return replace(standing, identity=identity)

    def _mended(self, standing: Standing) -> Standing:
        """An administrator's program closes gaps in the keys by itself."""
        if not (standing.own and standing.own.is_administrator):
            return standing
        try:
            draft = standing.desk(self._now_ms).mend()
        except RosterKeyMissing:
            return standing
        if not self._is_our_turn(standing, has_gap=draft is not None) or draft is None:
            return standing
        with self._store.writing_raw() as connection:
            return publish(connection, standing, draft)

    def _is_our_turn(self, standing: Standing, *, has_gap: bool) -> bool:
        """Whether to close a gap now: the most senior at once, each further one a while after it was seen.

        Several at once would do no harm, but make several epochs where one is enough.
        """
        since = (self._notes.gap_since_ms or self._now_ms) if has_gap else 0
        self._notes = replace(self._notes, gap_since_ms=since)
        elders = [each.id for each in standing.membership.administrators()]
        age = self._now_ms - since
        return not 0 <= age < elders.index(self._identity.device) * MEND_TURN_MS

    # receiving

    def _receive(self, inbox: Inbox, standing: Standing, listed: Listed) -> Found:
        version = program().app
        is_new_program = self._notes.program != version
        inbox.open_parked(is_new_program=is_new_program)
        newer = () if is_new_program else self._notes.newer
        self._notes = replace(self._notes, program=version, newer=newer)
        receiving = Receiving(self._store, self._looking, standing, inbox, self._notes, self._wishes.progress)
        found = receiving.receive(listed, look_through=self._is_look_through)
        if listed.heads:
            with self._store.writing_raw() as connection:
                keep_heads(connection, listed.heads)
        seen = {**self._notes.seen, **found.dealt_with}
        self._notes = replace(self._notes, seen=seen)
        self._note_newer(inbox.taken.newer | self._looking.newer)
        return found

    def _note_newer(self, met: Collection[str]) -> None:
        """What this program cannot read is fetched again only once there is a newer one."""
        if met:
            newer = tuple(dict.fromkeys((*self._notes.newer, *met)))[-MOST_NEWER:]
            self._notes = replace(self._notes, newer=newer)

    def _tell(self, inbox: Inbox) -> None:
        inbox.flush()
        self._store.catch_up_index()
        self._publish(frozenset(inbox.taken.touched))

    def _publish(self, touched: frozenset[tuple[str, str]]) -> None:
        if touched:
            self._workplace.feed.publish(Changes(touched, origin="place"))

    def _note(self) -> None:
        if self._notes != self._noted:
            with self._store.writing_raw() as connection:
                write_notes(connection, self._notes)

    # healing and sending

    def _heal(self, standing: Standing, found: Found) -> Healing:
        healing = Healing(self._store, self._place, self._stop, standing, self._before)
        if found.entries is not None and not self._wishes.only_receives:
            entries = (*found.entries, *(self._key_log.entries or ()))
            delay = self._wishes.healing_delay_ms
            notes = healing.heal(entries, self._notes, self._now_ms, delay)
            self._notes = replace(notes, looked_through_ms=self._now_ms)
        return healing

    def _carry_files(self, standing: Standing, found: Found) -> None:
        """Attached files come after the words, which are worth more and weigh less."""
        if found.entries is not None:
            self._blobs.erase(standing)
            self._blobs.heal()
        if not self._outbox.sent.fault:  # who is out hands over files too
            self._blobs.send()
        self._blobs.fetch(standing)

    def _packing(self, standing: Standing) -> Packing:
        return Packing(self._store, self._place, self._stop, standing, self._wishes.packs, self._now_ms)

    def _tidy(self, packing: Packing, standing: Standing, found: Found, listed: Listed) -> None:
        """Once a day look at all heads whether packs may stand alone."""
        age = self._now_ms - self._notes.tidied_ms
        is_time = not 0 <= age < self._wishes.packs.between_tidying_ms
        if found.entries is not None and is_time and packing.ripe():
            every = self._looking.heads(listed.entries, standing, {})
            packing.tidy(found.entries, every.heads)
            self._notes = replace(self._notes, tidied_ms=self._now_ms)

    def _send(self, standing: Standing, found: Found, again: Collection[int]) -> None:
        self._outbox.send(again)
        key = standing.key_for_head()
        if self._outbox.sent.fault or key is None:
            return
        own = found.own_head
        counter = 1 + max(self._notes.head, own.head.counter if own else 0)
        with self._store.reading() as connection:
            head = head_of(connection, standing, counter, self._now_ms)
        said = sha256(head_bytes.encode(replace(head, counter=0, clock_ms=0)) + key.id).digest()
        if said == self._notes.said and self._is_there(found):
            return
        sealed = standing.sealer.head(head, key.id, key.key)
        if isinstance(
            self._place.put(name_of(sealed.header, sealed.id).path, sealed.data, self._stop), Stored
        ):
            self._notes = replace(self._notes, head=counter, head_id=sealed.id, said=said)

    def _is_there(self, found: Found) -> bool:
        """Whether the own head lies there as it was put last; one that was dealt with under its tag does."""
        own = found.own_head
        return found.lists_own_head and (own is None or own.id == self._notes.head_id)

    def _report(self, standing: Standing, inbox: Inbox, found: Found, healing: Healing) -> RoundReport:
        devices = standing.membership.devices
        names = {each: devices[each].name if each in devices else "" for each in found.missing}
        taken, own, sent = inbox.taken, standing.own, self._outbox.sent
        with self._store.reading() as connection:
            unsealed = sum(waiting_compartments(connection).values())
            held = count_open(connection, standing)
            is_beyond = Mirror(connection).has_any(ObjectState.BEYOND)
        failure = sent.fault or self._blobs.report.fault
        fault = place_fault(failure).code if failure else ""
        return RoundReport(
            received=taken.changes,
            sent=sent.confirmed,
            waiting=unsealed + sum(sent.sealed.values()) - sent.confirmed,
            missing=tuple((names[each], count) for each, count in sorted(found.missing.items())),
            damaged=len(taken.damaged) + healing.damaged,
            healed=healing.healed,
            no_key=taken.no_key,
            was_forked=bool(taken.surprises),
            is_stopped=own is None or not own.is_active,
            is_out=own is None or own.status is Status.REMOVED,
            needs_newer=bool(
                is_beyond or self._notes.newer or standing.membership.needs_newer or standing.is_too_old
            ),
            is_too_old=standing.is_too_old,
            least_app=standing.membership.least_app,
            too_large=sent.too_large,
            held_work=held,
            files_sent=self._blobs.report.sent,
            files_received=self._blobs.report.received,
            files_waiting=self._blobs.report.waiting,
            fault=fault,
        )
