"""What no file of the window may do, found by reading the source."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

UI = Path(str(files("ui")))
FORBIDDEN = {
    r"\.setStyleSheet\(": "one style sheet, made by ui/theme/stylesheet.py",
    r"QColor\(\s*[\"'#\d]": "colours are tokens",
    r"QPropertyAnimation|QVariantAnimation|QTimeLine|setRange\\(0, 0\\)": "nothing moves by itself",
    r"processEvents": "work goes through the task runner",
    r"\.connect\(\s*lambda": "a lambda keeps a closed widget alive",
    r"setMaxLength\(": "drops converted text in silence",
    r"QIntValidator|setInputMask": "refuse full-width input",
    r"setPointSize|setPixelSize\(\s*\d": "type comes from ui/theme/fonts.py",
}
ALLOWED = {r"\.setStyleSheet\(": {"theme/theme.py"}}


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_the_window_is_built_from_the_kit(pattern: str) -> None:
    found = [
        f"{path.relative_to(UI)}:{number}"
        for path in sorted(UI.rglob("*.py"))
        if path.relative_to(UI).as_posix() not in ALLOWED.get(pattern, set())
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert not found, FORBIDDEN[pattern]
