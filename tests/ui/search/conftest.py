from tests.ui.program.house import house

__all__ = ["house"]
