"""What this device is called in 履歴. It stays on this device; with sharing its membership names it."""

from __future__ import annotations

from app.workplace import Workplace
from db.reading import Reading
from db.store import read_marker, write_marker

NAME = "device_name"
"""Marker: what the person calls this device."""
THIS_DEVICE = "この端末"


class DeviceService:
    """Names the device that a person works on."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def name(self) -> str:
        """What it is called; empty when nobody named it."""
        with self._place.reading() as reading:
            return own_name(reading)

    def rename(self, name: str) -> None:
        """Call it something else; an empty name takes the name away."""
        with self._place.store.writing_raw() as connection:
            write_marker(connection, NAME, name.strip())


def own_name(reading: Reading) -> str:
    """The name of this device within a moment that shows more."""
    return str(read_marker(reading.connection, NAME) or "")
