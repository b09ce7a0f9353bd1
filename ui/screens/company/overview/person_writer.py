"""Writing one person field by field; a new one is made as soon as there is a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.rows.companies import PersonRow
    from app.services.people import PeopleService


class PersonWriter:
    """Lives on the store thread, which alone knows whether a new person has been made already."""

    def __init__(self, people: PeopleService, company_id: str, person: PersonRow | None) -> None:
        self._people = people
        self._company_id = company_id
        self._person = person
        self._before_the_name: dict[str, object] = {}

    def write(self, column: str, text: str) -> None:
        """Write one column; without a name it waits for one."""
        if self._person is not None:
            self._people.change(self._person, {column: text})
            return
        self._before_the_name[column] = text
        if self._before_the_name.get("name"):
            made = self._people.add(self._before_the_name, self._company_id)
            known = self._people.of_company(self._company_id)
            self._person = next(person for person in known if person.id == made)
