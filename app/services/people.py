"""People: the team's members, the people of companies, and experts."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.order_keys import appended
from app.domain.terms import PersonSide
from app.errors import InputMissing
from app.rows.building import row
from app.rows.companies import PersonRow
from app.workplace import TEAM_SCOPE, Workplace, company_scope
from db.unit_of_work import UnitOfWork


class PeopleService:
    """What a person does with people. Team members and experts belong to the team."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def of_team(self) -> tuple[PersonRow, ...]:
        """The team's members and its experts, in their kept order."""
        with self._place.reading() as reading:
            found = reading.records("person", company_id=None, order=("order_key", "seq"))
        return tuple(row(PersonRow, person) for person in found)

    def of_company(self, company_id: str) -> tuple[PersonRow, ...]:
        """The people of one company."""
        with self._place.reading() as reading:
            return tuple(
                row(PersonRow, person) for person in reading.records("person", company_id=company_id)
            )

    def add(
        self, values: Mapping[str, object], company_id: str | None = None, *, person_id: str | None = None
    ) -> str:
        """Add a person to a company, or to the team; return the id. Raises InputMissing without a name.

        With `person_id`, given by whoever may ask twice for the same person, the second time adds nobody.
        """
        if not values.get("name"):
            raise InputMissing(field="氏名")
        with self._place.action("人を足す", self._scope(company_id)) as work:
            return self.add_in(work, values, company_id, person_id)

    def add_in(
        self,
        work: UnitOfWork,
        values: Mapping[str, object],
        company_id: str | None,
        person_id: str | None = None,
    ) -> str:
        """Add a person within an action that does more."""
        person_id = person_id or self._place.new_id()
        side = PersonSide.COMPANY if company_id else PersonSide.SUPPORT
        defaults = {"company_id": company_id, "side": side, "order_key": appended(None, self._place.now())}
        compartment = company_id or self._place.team_id
        work.save("person", person_id, {**defaults, **values}, compartment=compartment)
        return person_id

    def add_user(self, values: Mapping[str, object]) -> None:
        """Enter the person who works on this device; the record bears the device's user id."""
        with self._place.action("自分を入れる", TEAM_SCOPE) as work:
            order_key = appended(None, self._place.now())
            work.save(
                "person",
                self._place.user_id,
                {"order_key": order_key, **values},
                compartment=self._place.team_id,
            )

    def change(self, person: PersonRow, values: Mapping[str, object]) -> None:
        """Write what is known of a person."""
        with self._place.action("人を直す", self._scope(person.company_id)) as work:
            work.save("person", person.id, values)

    def remove(self, person: PersonRow) -> None:
        """Take a person off the lists; records keep naming them."""
        with self._place.action("人を外す", self._scope(person.company_id)) as work:
            work.delete("person", person.id)

    @staticmethod
    def _scope(company_id: str | None) -> str:
        return company_scope(company_id) if company_id else TEAM_SCOPE
