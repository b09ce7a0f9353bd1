"""Where reportlab stands: behind two modules, and not in the way of a window that starts."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_two_modules_know_reportlab():
    sources = [path for folder in ("app", "ui", "db") for path in (ROOT / folder).rglob("*.py")]

    knowing = {
        path.stem for path in sources if re.search("^(from|import) reportlab", path.read_text("utf-8"), re.M)
    }

    assert knowing == {"pdf_document", "embedded_fonts"}


def test_laying_out_does_not_load_reportlab():
    program = """
import sys
import app.services.printing
from app.reports.layout import lay_out
from app.reports.output import write
from tests.reports.examples import PLAN
document = lay_out(PLAN)
before = "reportlab" in sys.modules
write([document])
print(before, "reportlab" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["False", "True"]
