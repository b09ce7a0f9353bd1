"""The first entry of a vault: written by the root, while the recovery sheet is being printed (8.4)."""

from __future__ import annotations

import os

from app.sharing.membership.acts import Add, NewEpoch, Role
from app.sharing.membership.batch import Draft
from app.sharing.membership.desk import Newcomer
from app.sharing.membership.entries import body_of, extension_of
from app.sharing.membership.epochs import new_epoch_key
from app.sharing.membership.keys import PublicKeys, RandomBytes
from app.sharing.membership.names import ROSTER, TEAM
from app.sharing.membership.renewing import wraps_of


def found_team(
    vault: bytes, root: PublicKeys, first: Newcomer, now_ms: int, random_bytes: RandomBytes = os.urandom
) -> Draft:
    """The root admits the first administrator and makes the first keys. It is signed with the root's key."""
    roster = new_epoch_key(vault, ROSTER, random_bytes)
    team = new_epoch_key(vault, TEAM, random_bytes)
    recipients = {root.root_id: root, first.public.device_id: first.public}
    acts = (
        Add(first.public, first.user, Role.ADMINISTRATOR, first.name),
        NewEpoch(ROSTER, roster.id, ()),
        NewEpoch(TEAM, team.id, wraps_of(team, recipients)),
    )
    extension = extension_of(wraps_of(roster, recipients))
    return Draft(root.root_id, roster.id, body_of(now_ms, (), acts), extension, (roster, team))
