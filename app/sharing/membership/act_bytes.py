"""Acts as bytes and back: each is `u8 kind || u32 length || payload`.

Bytes after the last field that this program knows belong to a newer one and are ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from app.sharing.membership import acts
from app.sharing.membership.acts import Act, CutMark, Kind, Role
from app.sharing.membership.byte_fields import FieldReader, several, short, u32
from app.sharing.membership.epochs import read_older_keys
from app.sharing.membership.keys import PublicKeys
from app.sharing.membership.names import ID_BYTES, OBJECT_ID_BYTES
from app.sharing.membership.wraps import LEAST_WRAP_BYTES, read_wrap

MOST_NAME: Final = 200
"""Characters of a device's name, and of a reason."""
LEAST_ACT_BYTES: Final = 5
_CUT_BYTES: Final = ID_BYTES + OBJECT_ID_BYTES


def packed(act: Act) -> bytes:
    """The act as bytes."""
    if isinstance(act, acts.Unknown):
        return _framed(act.kind, act.payload)
    kind, write, _ = _FORMS[type(act)]
    return _framed(kind, write(act))


def read_act(fields: FieldReader) -> Act:
    """Read what `packed` gives. Raises MalformedObject."""
    kind, length = fields.u8(), fields.u32()
    payload = fields.take(length)
    read = _READERS.get(kind)
    return read(FieldReader(payload, length)) if read else acts.Unknown(kind, payload)


def _framed(kind: int, payload: bytes) -> bytes:
    return bytes((kind,)) + u32(len(payload)) + payload


def _cuts(cuts: tuple[CutMark, ...]) -> bytes:
    return several([each.stream + each.object_id for each in cuts])


def _read_cuts(fields: FieldReader) -> tuple[CutMark, ...]:
    return fields.several(lambda: CutMark(fields.id(), fields.object_id()), _CUT_BYTES)


def _role(fields: FieldReader) -> Role:
    return Role(fields.u8())


def _write_add(act: acts.Add) -> bytes:
    who = short(act.public.raw) + act.user + bytes((act.role,))
    return who + short(act.name.encode()) + act.invitation


def _read_add(fields: FieldReader) -> acts.Add:
    public = PublicKeys.from_raw(fields.short())
    return acts.Add(public, fields.id(), _role(fields), fields.text(MOST_NAME), fields.id())


def _write_out(act: acts.Stop | acts.Remove) -> bytes:
    return act.device + _cuts(act.cuts) + short(act.reason.encode())


def _write_wraps(act: acts.NewEpoch | acts.ShareEpoch) -> bytes:
    return act.compartment + act.epoch + several([each.packed() for each in act.wraps])


def _read_share(fields: FieldReader) -> acts.ShareEpoch:
    compartment, epoch = fields.id(), fields.id()
    wraps = fields.several(lambda: read_wrap(fields), LEAST_WRAP_BYTES)
    return acts.ShareEpoch(compartment, epoch, wraps)


def _read_new_epoch(fields: FieldReader) -> acts.NewEpoch:
    shared = _read_share(fields)
    return acts.NewEpoch(shared.compartment, shared.epoch, shared.wraps, read_older_keys(fields))


def _read_users(fields: FieldReader) -> tuple[bytes, ...]:
    return fields.several(fields.id, ID_BYTES)


_FORMS: Final[Mapping[type, tuple[Kind, Callable[[Any], bytes], Callable[[FieldReader], Act]]]] = {
    acts.Add: (Kind.ADD, _write_add, _read_add),
    acts.Stop: (
        Kind.STOP,
        _write_out,
        lambda fields: acts.Stop(fields.id(), _read_cuts(fields), fields.text(MOST_NAME)),
    ),
    acts.Lift: (Kind.LIFT, lambda act: act.device, lambda fields: acts.Lift(fields.id())),
    acts.Remove: (
        Kind.REMOVE,
        _write_out,
        lambda fields: acts.Remove(fields.id(), _read_cuts(fields), fields.text(MOST_NAME)),
    ),
    acts.Leave: (
        Kind.LEAVE,
        lambda act: _cuts(act.cuts) if act.cuts else b"",
        lambda fields: acts.Leave(_read_cuts(fields) if fields.left else ()),
    ),
    acts.SetRole: (
        Kind.SET_ROLE,
        lambda act: act.device + bytes((act.role,)) + _cuts(act.cuts),
        lambda fields: acts.SetRole(fields.id(), _role(fields), _read_cuts(fields)),
    ),
    acts.CreateCompartment: (
        Kind.CREATE_COMPARTMENT,
        lambda act: act.compartment + several(act.users),
        lambda fields: acts.CreateCompartment(fields.id(), _read_users(fields)),
    ),
    acts.Grant: (
        Kind.GRANT,
        lambda act: act.compartment + act.user,
        lambda fields: acts.Grant(fields.id(), fields.id()),
    ),
    acts.Withdraw: (
        Kind.WITHDRAW,
        lambda act: act.compartment + act.user + _cuts(act.cuts),
        lambda fields: acts.Withdraw(fields.id(), fields.id(), _read_cuts(fields)),
    ),
    acts.NewEpoch: (
        Kind.NEW_EPOCH,
        lambda act: _write_wraps(act) + act.older.packed(),
        _read_new_epoch,
    ),
    acts.ShareEpoch: (Kind.SHARE_EPOCH, _write_wraps, _read_share),
    acts.Carry: (
        Kind.CARRY,
        lambda act: act.compartment + act.epoch + act.older.packed(),
        lambda fields: acts.Carry(fields.id(), fields.id(), read_older_keys(fields)),
    ),
    acts.Accept: (
        Kind.ACCEPT,
        lambda act: several(act.objects),
        lambda fields: acts.Accept(fields.several(fields.object_id, OBJECT_ID_BYTES)),
    ),
    acts.Decline: (
        Kind.DECLINE,
        lambda act: several(act.objects),
        lambda fields: acts.Decline(fields.several(fields.object_id, OBJECT_ID_BYTES)),
    ),
    acts.Require: (
        Kind.REQUIRE,
        lambda act: u32(act.schema) + (short(act.app.encode()) if act.app else b""),
        lambda fields: acts.Require(fields.u32(), fields.text(MOST_NAME) if fields.left else ""),
    ),
    acts.EndorseRoot: (
        Kind.ENDORSE_ROOT,
        lambda act: short(act.public.raw),
        lambda fields: acts.EndorseRoot(PublicKeys.from_raw(fields.short())),
    ),
}
_READERS: Final = {int(kind): read for kind, _, read in _FORMS.values()}
