"""設定 > 人: the team's members and its experts, one of them open beside the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from app.changes import Changes
from app.domain.terms import PersonSide
from app.rows.companies import PersonRow
from ui.models.row_list_model import Entry, ListHeading, ListRow
from ui.screens.screen import LineButton
from ui.screens.settings.person_form import PersonForm
from ui.screens.settings.section import Section
from ui.tasks import TaskRunner, Ticket
from ui.theme.paint import State
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import PAGE_MARGINS, row
from ui.widgets.row_list import RowList
from ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from app.rows.trash import DeletedNote
    from app.services.directory import Services

_LEAST_LIST = 150
_PERSON = "person:"
"""How the drafts of a person are keyed; a new person has nothing behind it."""
_GROUPS = ((PersonSide.SUPPORT, "チームの人"), (PersonSide.EXPERT, "専門家"))


class PeopleSection(Section):
    """Every field is kept when one leaves it; a new person exists once the name is in."""

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._people: Mapping[str, PersonRow] = {}
        self._wanted = ""
        self._chosen_key = ""
        self._list = RowList(name="人", indent=16)
        self._list.current_changed.connect(self._chosen)
        self._list.delete_asked.connect(self._remove)
        self._list.opened.connect(self._edit)
        self._form = PersonForm()
        self._form.changed.connect(self._changed)
        self._form.remove_asked.connect(self._remove)
        self._build()

    def enter(self, item_id: str) -> None:
        """Read the people; go to one of them."""
        self._wanted = item_id
        self.drafts.open("settings:people")
        self._load()

    def touched(self, changes: Changes) -> None:
        """Read them again once one changed."""
        if changes.touch("person"):
            self._load()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Add a person; edit the chosen one."""
        return {"new": self._begin_new, "edit": self._edit}

    def buttons(self) -> tuple[LineButton, ...]:
        """Adding is the main act here."""
        return (LineButton("new", "人を足す", "plus", primary=True),)

    # showing

    def _load(self) -> None:
        self.tasks.run(self._read, self._show)

    def _read(self, _ticket: Ticket) -> Sequence[PersonRow]:
        return self.services.people.of_team()

    def _show(self, people: Sequence[PersonRow]) -> None:
        self._people = {person.id: person for person in people}
        self._list.show_entries(self._entries(people))
        self._want_left()
        if self._wanted in self._people:
            self._list.go_to(self._wanted)
            self._wanted = ""
        elif not self._list.current_key() and not self._form.is_new:
            self._list.step(1)
        self._show_person()

    def _entries(self, people: Sequence[PersonRow]) -> Sequence[Entry]:
        entries: list[Entry] = []
        for side, word in _GROUPS:
            of_side = [person for person in people if (person.side == side) or self._is_odd(person, side)]
            if of_side:
                entries.append(ListHeading(word, f"{len(of_side)}人"))
                entries += [self._row(person) for person in of_side]
        return entries

    @staticmethod
    def _is_odd(person: PersonRow, side: PersonSide) -> bool:
        """A person of the team without a side stands with the team."""
        return side is PersonSide.SUPPORT and person.side not in [known for known, _ in _GROUPS]

    def _row(self, person: PersonRow) -> ListRow:
        states = (State("flat", "あなた"),) if self._is_me(person) else ()
        detail = "・".join(part for part in (person.body, person.role) if part) or "所属はまだ入っていません"
        return ListRow(person.id, person.name, quiet=person.kana, detail=detail, states=states)

    def _is_me(self, person: PersonRow) -> bool:
        return person.id == self.services.place.user_id

    def _chosen(self, key: str) -> None:
        # Showing the list anew chooses the same person again, perhaps in mid-conversion.
        # So does the new person that the form shows already.
        if key not in (self._chosen_key, self._form.person_id()):
            self._form.flush()
            self._show_person()
        self._chosen_key = key

    def _show_person(self) -> None:
        if self._form.is_new and self._form.is_in_use():
            return
        person = self._people.get(self._list.current_key())
        self._side.setCurrentWidget(self._page if person or self._form.is_new else self._nobody)
        if person is not None:
            self._form.show_person(person, is_me=self._is_me(person))
            self.drafts.show(_PERSON + person.id, self._form.editors())

    def _want_left(self) -> None:
        """Go where text was left behind, an unfinished new person last; not away from where one types."""
        if self._form.is_in_use():
            return
        for record in self.drafts.left_records():
            if record == _PERSON and not self._form.is_new:
                self._begin_new()
            else:
                self._wanted = self._wanted or record.removeprefix(_PERSON)

    # acting

    def _begin_new(self) -> None:
        self._form.flush()
        self._form.show_new()
        self.drafts.show(_PERSON, self._form.editors(), is_new=True)
        self._side.setCurrentWidget(self._page)
        self._form.setFocus()

    def _edit(self, _key: str = "") -> None:
        if self._list.current_key():
            self._form.setFocus()

    def _changed(self, person: PersonRow | None, values: Mapping[str, object]) -> None:
        if person is None:
            self.tasks.run(partial(_add, self.services, values), self._added, self.refuse)
            self.drafts.written(_PERSON, {name: str(value) for name, value in values.items()})
        else:
            self.tasks.run(partial(_change, self.services, person, values), failed=self.refuse)

    def _added(self, person_id: str) -> None:
        self._wanted = person_id
        self._form.became(person_id)
        self.drafts.show(_PERSON + person_id, self._form.editors())
        self._load()

    def _remove(self, person_id: str) -> None:
        person = self._people.get(person_id)
        if person is not None and not self._is_me(person):
            self.tasks.run(partial(_remove, self.services, person_id), self._removed, self.refuse)

    def _removed(self, note: DeletedNote) -> None:
        self.told.emit(note.message, partial(self._bring_back, note))

    def _bring_back(self, note: DeletedNote) -> None:
        self._wanted = note.id
        self.tasks.run(partial(_restore, self.services, note), failed=self.refuse)

    # building

    def _build(self) -> None:
        self._page = ScrollPage(margins=(0, 0, 4, 0))
        self._page.body.addWidget(self._form)
        self._page.body.addStretch(1)
        add = Button("人を足す", icon="plus", key="Ctrl+N")
        add.clicked.connect(self._begin_new)
        self._nobody = EmptyState("まだ人がいません", "足した人を、担当や\n宿題の担当に選べます。", [add])
        self._side: QStackedWidget = QStackedWidget()
        for each in (self._nobody, self._page):
            self._side.addWidget(each)
        card = Card(padded=False)
        card.add(self._list)
        self._list.setMinimumWidth(theme().px(_LEAST_LIST))
        across = row(self, spacing=16, margins=PAGE_MARGINS)
        across.addWidget(card, 4)
        across.addWidget(self._side, 5)


def _add(services: Services, values: Mapping[str, object], _ticket: Ticket) -> str:
    return services.people.add(values)


def _change(services: Services, person: PersonRow, values: Mapping[str, object], _ticket: Ticket) -> None:
    services.people.change(person, values)


def _remove(services: Services, person_id: str, _ticket: Ticket) -> DeletedNote:
    return services.trash.delete("person", person_id)


def _restore(services: Services, note: DeletedNote, _ticket: Ticket) -> None:
    services.trash.restore(note.record_type, note.id)
