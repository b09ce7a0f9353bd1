from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from tests.ui.program.house import House, house

__all__ = ["house"]


@pytest.fixture(autouse=True)
def _ended_window(house: House) -> Iterator[None]:
    """End the window before it is garbage, which may take its Python half alone."""
    yield
    window = house.program.window if house.program is not None else None
    house.close()
    if window is not None:
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
