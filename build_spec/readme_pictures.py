"""The pictures of the README, from the practice region: four screens and the first page of each document.

`python -m build_spec.readme_pictures` writes `build_spec/readme/*.png` anew.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from pypdfium2 import PdfDocument

from app.paths import StoreFolder
from app.rows.printing import DocumentKind, PrintRequest
from app.services.directory import Services
from app.settings import Theme
from build_spec import pictures, screens
from ui.application import make_application, show_theme
from ui.navigation import Place, Route
from ui.program import Program
from ui.theme.metrics import TextStep

TARGET = Path(__file__).parent / "readme"
COMPANY = "北国精密"
_PAGE_SCALE = 0.9


def main() -> int:
    """Draw them all."""
    TARGET.mkdir(exist_ok=True)
    make_application()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BANSO_HOME"] = folder
        store = StoreFolder(Path(folder) / "practice")
        screens.make_practice(store)
        program = Program(store, Path(folder) / "settings.json", screens.StillClock())
        program.start()
        screens.until(lambda: program.services is not None)
        assert program.services is not None
        _screens(program, program.services)
        _pages(program.services)
        program.window.close()
    return 0


def _example(services: Services) -> tuple[str, str]:
    """The company shown, and its richest visit."""
    company = next(company.id for company in services.companies.list_rows() if COMPANY in company.name)
    course = services.companies.card(company).course
    return company, max(course, key=lambda entry: entry.decisions + entry.homework).id


def _screens(program: Program, services: Services) -> None:
    company, visit_id = _example(services)
    shots: tuple[tuple[str, Theme, Route], ...] = (
        ("company-light", "light", Route(Place.COMPANIES, company_id=company)),
        ("analysis-light", "light", Route(Place.COMPANIES, company_id=company, tab="analysis")),
        ("plan-dark", "dark", Route(Place.COMPANIES, company_id=company, tab="plan")),
        (
            "visit-light",
            "light",
            Route(Place.COMPANIES, company_id=company, tab="sessions", item_id=visit_id),
        ),
    )
    program.window.resize(1366, 688)
    for name, theme, route in shots:
        show_theme(theme, TextStep.STANDARD)
        program.window.open(route)
        screens.settle(program)
        pictures.keep(program, TARGET / f"{name}.png")


def _pages(services: Services) -> None:
    company, visit_id = _example(services)
    for kind in DocumentKind:
        of_visit = visit_id if kind is DocumentKind.MINUTES else None
        prepared = services.printing.prepare(PrintRequest(kind, (company,), session_id=of_visit))
        with PdfDocument(services.printing.pdf(prepared)) as document:
            page = document[0].render(scale=_PAGE_SCALE).to_pil()
        page.convert("L").save(TARGET / f"page-{kind.value}.png")


if __name__ == "__main__":
    sys.exit(main())
