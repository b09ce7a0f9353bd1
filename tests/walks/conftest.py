"""The program's own QApplication, as in the tests of single screens."""

from tests.ui.conftest import _standard_theme, qapp

__all__ = ["_standard_theme", "qapp"]
