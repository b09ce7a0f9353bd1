"""Writing the intake of one company, column by column and answer by answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.confidentiality import level_of

if TYPE_CHECKING:
    from app.rows.companies import CompanyForm
    from app.services.directory import Services


def draft_scope(company_id: str) -> str:
    """The scope of the drafts of one company's intake; the fields are columns and codes of questions."""
    return f"intake:{company_id}"


@dataclass(frozen=True, slots=True)
class ShownIntake:
    """What a load gives the screen: the record with its answers, and typing that never became a change."""

    company_id: str
    form: CompanyForm
    typed: Mapping[str, str]


class FormWriter:
    """Lives on the store thread and holds the form of the last load: a save answers for what was shown.

    Saves follow each other faster than a load comes back; after its own save the form is read again at once.
    """

    def __init__(self, services: Services, company_id: str) -> None:
        self._services = services
        self._company_id = company_id
        self._form: CompanyForm | None = None

    def load(self) -> ShownIntake:
        """The intake as it stands."""
        self._form = self._services.companies.form(self._company_id)
        drafts = self._services.drafts.of(draft_scope(self._company_id))
        typed = {draft.field: draft.text for draft in drafts if draft.text}
        return ShownIntake(self._company_id, self._form, typed)

    def change(self, values: Mapping[str, object]) -> None:
        """Save columns of the company's own record."""
        form = self._form or self._services.companies.form(self._company_id)
        self._services.companies.change(form.form, values)
        self._form = self._services.companies.form(self._company_id)
        self._drop(*values)

    def answer(self, code: str, value: str) -> None:
        """Save one answer."""
        self._services.companies.answer(self._company_id, code, value)
        self._drop(code)

    def set_level(self, code: str, level: str) -> None:
        """Set the 取扱 of one answer; "" takes the company's."""
        self._services.companies.set_answer_level(self._company_id, code, level_of(level))

    def _drop(self, *fields: str) -> None:
        for field in fields:
            self._services.drafts.drop(draft_scope(self._company_id), field)
