"""A window with a company whose plan is to be written."""

from tests.ui.company.conftest import desk

__all__ = ["desk"]
