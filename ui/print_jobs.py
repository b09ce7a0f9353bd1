"""Printing that pages outside 印刷 ask for."""

from ui.printing.recovery_sheet import print_recovery_sheet

__all__ = ["print_recovery_sheet"]
