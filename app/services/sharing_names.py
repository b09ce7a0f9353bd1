"""What a device is called in its team: the person, and the device in brackets."""

from __future__ import annotations

import platform
from dataclasses import dataclass

from app.services.device import own_name
from app.workplace import Workplace


@dataclass(frozen=True, slots=True)
class OwnNames:
    """The person who works here, and what this device may be called; both may be changed."""

    person: str
    device: str


def suggested_names(place: Workplace) -> OwnNames:
    """As the store knows them; the system's name for the device where nobody gave it one."""
    with place.reading() as reading:
        found = reading.record("person", place.user_id)
        name = str(found["name"] or "") if found else ""
        return OwnNames(name, own_name(reading) or platform.node())


def device_name(person: str, device: str) -> str:
    """「佐藤 花子（SATO-PC）」; either part may be missing."""
    person, device = person.strip(), device.strip()
    return f"{person}（{device}）" if person and device else person or device
