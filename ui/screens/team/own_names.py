"""How this device will be called in the team: the person, and the device."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.services.sharing_names import OwnNames, device_name, suggested_names
from ui.tasks import TaskRunner, Ticket
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import row

if TYPE_CHECKING:
    from app.services.directory import Services

_LIMIT = 40


class OwnNameFields(QWidget):
    """Filled with what the store knows; both may be changed."""

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._services = services
        self._person, self._device = TextField(limit=_LIMIT), TextField(limit=_LIMIT)
        across = row(self, spacing=12)
        for label, field, hint in (
            ("あなたの名前", self._person, "チームの一覧に出ます。"),
            ("この端末の名前", self._device, "なくしたときに、ほかの人が見分けます。"),
        ):
            form = FieldForm()
            form.add(label, field, hint=hint, required=field is self._person)
            across.addWidget(form, 1)
        self.setFocusProxy(self._person)

    def suggest(self) -> None:
        """Fill in what is known, where nothing was typed yet."""
        self._tasks.run(partial(_read, self._services), self._show)

    def name(self) -> str:
        """Both together; "" where the person's is missing, which is said below it."""
        for field in (self._person, self._device):
            field.flush()
        person = self._person.text().strip()
        self._person.set_problem("" if person else "入れてください")
        if not person:
            self._person.setFocus()
            return ""
        return device_name(person, self._device.text())

    def _show(self, names: OwnNames) -> None:
        for field, text in ((self._person, names.person), (self._device, names.device)):
            if not field.text():
                field.show_text(text)


def _read(services: Services, _ticket: Ticket) -> OwnNames:
    return suggested_names(services.place)
