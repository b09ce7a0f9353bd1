"""The right panel of 概要: who sees the company, where it stands, its facts, and its people."""

from __future__ import annotations

from app.rows.companies import CompanyCard
from ui.screens.company.overview.assignee_section import AssigneeSection
from ui.screens.company.overview.contact_section import ContactSection
from ui.screens.company.overview.facts_section import FactsSection
from ui.screens.company.overview.standing_section import StandingSection
from ui.widgets.side_panel import SidePanel


class PanelSections:
    """The four sections, from top to bottom; each tells of its own changes."""

    def __init__(self, panel: SidePanel) -> None:
        self.assignees = AssigneeSection(panel)
        self.standing = StandingSection(panel)
        self.facts = FactsSection(panel)
        self.contacts = ContactSection(panel)

    def show_card(self, card: CompanyCard) -> None:
        """Show what the company's card says in all of them."""
        for section in (self.assignees, self.standing, self.facts):
            section.show_card(card)
        self.contacts.show_people(card.people)
