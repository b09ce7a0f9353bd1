"""Measures in px at the 標準 text step, scaled by the step the person chose."""

from __future__ import annotations

from enum import IntEnum


class TextStep(IntEnum):
    """Size of everything on screen, in percent, on top of the system's own scaling."""

    SMALL = 90
    STANDARD = 100
    LARGE = 125
    EXTRA_LARGE = 150

    @property
    def word(self) -> str:
        """The word 設定 and the status bar show."""
        return {90: "小", 100: "標準", 125: "大きめ", 150: "特大"}[self.value]

    def larger(self) -> TextStep:
        """The next step up; the largest stays."""
        return next((step for step in TextStep if step > self), self)

    def smaller(self) -> TextStep:
        """The next step down; the smallest stays."""
        return next((step for step in reversed(TextStep) if step < self), self)


LEAST_TARGET, LEAST_GAP, TOUCH_ROW, TOUCH_FINISH = 44, 8, 48, 56
"""For fingers, in px at 標準 (design-ux 2.3)."""


class Metrics:
    """Turns a measure of the design (px at 標準) into px at the present step, for a mouse or for fingers."""

    def __init__(self, step: TextStep = TextStep.STANDARD, *, for_fingers: bool = False) -> None:
        self.step = step
        self.for_fingers = for_fingers
        self.factor = step / 100

    def px(self, measure: float) -> int:
        """A length at this step; lines of 1 px and 0 stay what they are."""
        if measure in (0, 1):
            return int(measure)
        return round(measure * self.factor)

    @property
    def row(self) -> int:
        """Height of a table row."""
        return self.px(TOUCH_ROW if self.for_fingers else 32)

    def target(self, measure: float) -> int:
        """A length of something that one presses: for fingers at least 44."""
        return self.px(max(measure, LEAST_TARGET) if self.for_fingers else measure)

    def between(self, measure: float) -> int:
        """A gap between things that one presses: for fingers at least 8."""
        return self.px(max(measure, LEAST_GAP) if self.for_fingers and measure else measure)
