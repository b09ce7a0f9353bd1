"""What a field has told of its text."""

from __future__ import annotations

UNTOLD = "\0"
"""Stands for no text that can be typed: a field that knows it counts every text as a change."""
