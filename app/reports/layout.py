"""From what a document says to its pages."""

from __future__ import annotations

from app.reports.content import History, Minutes, Plan, VisitSheet
from app.reports.document import Document
from app.reports.documents.history import history
from app.reports.documents.minutes import minutes
from app.reports.documents.plan import plan
from app.reports.documents.visit_sheet import visit_sheet

Content = History | Minutes | Plan | VisitSheet


def lay_out(content: Content) -> Document:
    """The document that this kind of content makes."""
    match content:
        case History():
            return history(content)
        case Minutes():
            return minutes(content)
        case Plan():
            return plan(content)
        case VisitSheet():
            return visit_sheet(content)
