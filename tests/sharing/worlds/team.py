"""A team as it begins: devices with light stores who hold the same first records and the same key log."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

from app.services.sharing_standing import add_entries, keep_keys, program, publish, standing_of
from app.services.sharing_state import TeamIdentity, write_identity
from app.sharing.membership.acts import Role
from app.sharing.membership.desk import Newcomer
from app.sharing.membership.epochs import KeyRing
from app.sharing.membership.founding import found_team
from app.sharing.membership.keys import PrivateKeys, new_device_keys, root_keys
from app.sharing.objects.container import ObjectType
from app.sharing.objects.names import VAULT_FILE
from app.sharing.rounds.roots import make_vault_file
from app.sharing.rounds.sealing import Sealer
from db.mirror import Mirror
from tests.sharing.worlds.light_store import Homes, LightStore, Saved
from tests.sync.model import CHILD, LONE, PARENT

START_MS = 1_750_000_000_000
VAULT = bytes.fromhex("0198a2b4000070008000000000000001")
COMPANY = bytes.fromhex("0198a2b4000070008000000000000002")
HOMES = Homes(
    ids={name: bytes(15) + bytes((number,)) for number, name in enumerate((PARENT, CHILD, LONE), 1)},
    compartments={PARENT: COMPANY, CHILD: COMPANY, LONE: VAULT},
)
"""A plan and its step belong to a company, a note to the team."""
ADMINISTRATORS = 2


@dataclass(frozen=True)
class Founded:
    """Stores of all devices, and what lies in the place, before anything was written."""

    stores: tuple[Saved, ...]
    objects: dict[str, bytes]
    keys: tuple[PrivateKeys, ...]
    users: tuple[bytes, ...]


@cache
def founded(size: int) -> Founded:
    """A team of so many devices; the first two are administrators, all look after the one company."""
    rng = random.Random(size)
    root, *keys = [root_keys(rng.randbytes(32)), *(new_device_keys(rng.randbytes) for _ in range(size))]
    users = tuple(rng.randbytes(16) for _ in range(size))
    file = make_vault_file(VAULT, root)
    identities = [TeamIdentity(VAULT, root.public, each, "memory", file) for each in keys]
    first = LightStore(HOMES)
    draft = found_team(VAULT, root.public, Newcomer(keys[0].public, users[0], "端末0"), START_MS)
    entry = Sealer(VAULT, root, program()).entry(draft, draft.keys[0].key)
    with first.writing_raw() as connection:
        add_entries(connection, [entry], placed=True)
        keep_keys(connection, KeyRing(VAULT, {each.name: each.key for each in draft.keys}))
        write_identity(connection, identities[0])
        standing = standing_of(connection, identities[0])
        for number in range(1, size):
            role = Role.ADMINISTRATOR if number < ADMINISTRATORS else Role.MEMBER
            newcomer = Newcomer(keys[number].public, users[number], f"端末{number}")
            standing = publish(connection, standing, standing.desk(START_MS).approve(newcomer, role, ()))
        publish(connection, standing, standing.desk(START_MS).create_company(COMPANY, users))
        mirror = Mirror(connection)
        mirror.placed([number for number, _, _ in mirror.to_place()])
        entries = {
            held.place_name: mirror.bytes_of(number)
            for number, held in mirror.of_type(ObjectType.KEY_LOG_ENTRY)
        }
    stores = [first.saved()]
    for identity in identities[1:]:
        other = LightStore(HOMES)
        with other.writing_raw() as connection:
            write_identity(connection, identity)
        stores.append(other.saved())
    return Founded(tuple(stores), {VAULT_FILE: file, **entries}, tuple(keys), users)
