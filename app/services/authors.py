"""Who wrote something, in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from uuid import UUID

from app.bootstrap import DEVICE
from app.services.device import THIS_DEVICE, own_name
from app.services.sharing_report import last_report
from app.workplace import Workplace
from db.reading import Reading
from db.store import read_marker

OTHER_DEVICE = "ほかの端末"


class Authors:
    """Names authors within one moment."""

    def __init__(self, reading: Reading, place: Workplace) -> None:
        self._reading = reading
        self._place = place

    def who(self, user: bytes) -> str:
        """The person's name; where none is kept, whether it was somebody at this device."""
        user_id = str(UUID(bytes=user))
        own = THIS_DEVICE if user_id == self._place.user_id else OTHER_DEVICE
        return self._names.get(user_id) or own

    def where(self, device: bytes) -> str:
        """What the device is called that it was written on; another one has no name here before sharing."""
        return self._own_words if self.is_here(device) else self._device_names.get(device) or OTHER_DEVICE

    def is_here(self, device: bytes) -> bool:
        """Whether it was written on this device."""
        return str(UUID(bytes=device)) == self._device_id

    @cached_property
    def _own_words(self) -> str:
        return own_name(self._reading) or THIS_DEVICE

    @cached_property
    def _device_names(self) -> Mapping[bytes, str]:
        told = last_report(self._reading.connection)
        return {bytes.fromhex(device): name for device, name, *_ in told[0].contacts} if told else {}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        found = self._reading.records("person", include_deleted=True, company_id=None)
        return {person["id"]: person["name"] or "" for person in found}

    @cached_property
    def _device_id(self) -> str:
        return str(read_marker(self._reading.connection, DEVICE))
