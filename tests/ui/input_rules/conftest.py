"""A house for the whole program."""

from tests.ui.program.house import house as house
