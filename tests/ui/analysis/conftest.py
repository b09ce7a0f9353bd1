"""A window with a company whose 面談 wait to be drawn on."""

from tests.ui.company.conftest import desk

__all__ = ["desk"]
