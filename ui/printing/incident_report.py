"""Printing 事故報告: the printers and a PDF file, over the page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.rows.printing import PrintedFile
from ui.printing.paper_panel import offer_to_print
from ui.screens.team.words import renewal_words
from ui.tasks import TaskRunner, Ticket

if TYPE_CHECKING:
    from app.services.directory import Services


def print_incident_report(parent: QWidget, tasks: TaskRunner, services: Services, device: str) -> None:
    """Offer the printers for the report about the device with this id."""
    offer_to_print(parent, tasks, "事故報告を印刷", partial(_paper, services, device))


def _paper(services: Services, device: str, _ticket: Ticket) -> PrintedFile:
    # Imported here: fonts and layout are not needed before the first page.
    from app.services.incident_reports import IncidentReportService

    reports = IncidentReportService(services.place, renewal_words, is_practice=services.is_practice)
    return reports.paper(device)
