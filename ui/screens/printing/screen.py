"""S10 印刷: one surface for paper and PDF, whose preview is the file itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut

from app.changes import Changes
from app.errors import NothingToPrint
from app.rows.companies import CompanyListRow
from app.rows.printing import Prepared, PrintedFile, PrintOffer
from app.settings import PrintUse
from ui.navigation import PLACE_WORDS, Place, Route
from ui.screens.printing import words
from ui.screens.printing.choices import ALL, WITHOUT_END, Choices, as_used, first_choices, is_as_used
from ui.screens.printing.company_picker import CompanyPicker
from ui.screens.printing.issuing import Issuing
from ui.screens.printing.options_pane import OptionsPane
from ui.screens.printing.preview_pane import PreviewPane
from ui.screens.screen import Crumb, Fact, Heading, LineButton, Screen
from ui.tasks import TaskRunner, Ticket
from ui.theme.paint import State
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column, row
from ui.widgets.message_bar import MessageBar

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.program import Program

_REST_MS = 150
_PRINTED = (
    "company", "engagement", "support_session", "note_line", "action_item", "action_plan", "indicator",
    "milestone", "issue", "ip_seed", "link", "person", "team", "project_year",
)  # fmt: skip
"""Kinds of records that stand on pages."""
_BUTTONS = (
    LineButton("write_out", "PDF", ""),
    LineButton("issue", "印刷", "print", primary=True, key="Enter"),
)


@dataclass(frozen=True, slots=True)
class _LaidOut:
    prepared: Prepared
    files: tuple[PrintedFile, ...]


class PrintingScreen(Screen):
    """The route names companies, document and 面談; without companies, the supported ones are ticked."""

    def __init__(self, tasks: TaskRunner, services: Services, program: Program) -> None:
        super().__init__()
        self._tasks = tasks
        self._services = services
        self._program = program
        self._route = Route(Place.DOCUMENTS)
        self._offer: PrintOffer | None = None
        self._choices: Choices | None = None
        self._laid_out: _LaidOut | None = None
        self._ticket: Ticket | None = None
        self._remembered: Choices | None = None
        self._wanted: Callable[[], None] | None = None
        self._build()
        self._connect()

    # what the window asks

    def heading(self) -> Heading:
        """The document, for whom and of when, and the ways out."""
        crumbs = self._crumbs()
        if self._choices is None or self._offer is None:
            return Heading("印刷", crumbs=crumbs, buttons=_BUTTONS)
        rows = self._chosen_rows()
        facts: list[Fact] = [rows[0].name if len(rows) == 1 else f"企業 {len(rows):,}社"]
        facts.append(words.period_fact(self._choices, self._offer))
        if self._laid_out is not None:
            facts += words.check_states(self._laid_out.prepared)
        if self._is_as_last():
            facts.append(State("flat", words.used_words(self._last_use().used_on), "print"))
        title = f"{self._choices.kind.term}を印刷"
        buttons = tuple(replace(each, enabled=bool(rows)) for each in _BUTTONS)
        return Heading(title, crumbs=crumbs, facts=tuple(facts), buttons=buttons)

    def enter(self, route: Route) -> None:
        """Ask what there is to choose from, and lay out what the route names."""
        self._route = route
        self._offer = self._choices = self._laid_out = self._wanted = self._remembered = None
        self._issuing.offer(None)
        self._preview.images.show_nothing()
        self._issuing.look_for_printers()
        work = partial(_read_offer, self._services, route.item_id)
        self._tasks.run(work, self._take_offer, side=True)

    def leave(self) -> None:
        """Stop laying out, and keep no pages in memory that nobody looks at."""
        super().leave()
        if "_picker" in self.__dict__:
            self._picker.fold_away()
        self._stop()
        self._preview.images.show_nothing()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Ctrl+P leads to the print button only: a key held too long must not start a printer."""
        return {
            "issue": self._print,
            "write_out": self._save,
            "print": self._focus_print_button,
            "find": self._pick_companies,
        }

    def touched(self, changes: Changes) -> None:
        """Lay out again when something on the pages has changed."""
        if self.isVisible() and changes.touch(*_PRINTED):
            self._rest.start()

    def memory(self) -> object:
        """The choices."""
        return self._choices

    def restore(self, memory: object) -> None:
        """Put back the choices once it is known what there is; after a lock, the pages."""
        if isinstance(memory, Choices):
            self._remembered = memory
        if self._offer is not None:
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has narrower options."""
        super().resizeEvent(event)
        self._options.fit()

    @property
    def is_shown(self) -> bool:
        """Whether the pages in view are those of the choices, all drawn."""
        return self._laid_out is not None and self._ticket is None and self._preview.images.is_at_rest

    # choosing

    def _take_offer(self, offer: PrintOffer) -> None:
        self._offer = offer
        self._change(self._remembered or first_choices(self._route, offer, self._program.settings))
        self._lay_out()

    def _chosen(self, choices: Choices) -> None:
        """The person changed an option. Another kind of document comes as it was used last."""
        if self._offer is None or self._choices is None:
            return
        if choices.kind is not self._choices.kind:
            use = self._program.settings.print_uses.get(choices.kind, PrintUse())
            choices = as_used(choices, use, self._offer)
        self._wanted = None
        self._change(choices)

    def _change(self, choices: Choices) -> None:
        self._choices = choices
        self._show_choices()
        self._rest.start()

    def _show_choices(self) -> None:
        if self._choices is not None and self._offer is not None:
            has_last = bool(self._last_use().used_on)
            self._options.show_choices(
                self._choices, self._offer, is_as_last=self._is_as_last(), has_last=has_last
            )
            self.heading_changed.emit()

    def _pick_companies(self) -> None:
        if self._offer is not None and self._choices is not None:
            self._picker.show_companies(self._offer.companies, self._choices.company_ids)
            self._picker.open_below(self._options.companies)

    def _companies_picked(self, company_ids: tuple[str, ...]) -> None:
        if self._choices is not None and self._offer is not None:
            self._chosen(self._choices.with_companies(company_ids, self._offer.today))

    def _use_as_last(self) -> None:
        if self._choices is not None and self._offer is not None:
            self._change(as_used(self._choices, self._last_use(), self._offer))

    def _widen_period(self) -> None:
        if self._choices is not None:
            self._change(replace(self._choices, period=ALL))

    def _last_use(self) -> PrintUse:
        kind = self._choices.kind if self._choices else ""
        return self._program.settings.print_uses.get(kind, PrintUse())

    def _is_as_last(self) -> bool:
        if self._choices is None or self._offer is None:
            return False
        return is_as_used(self._choices, self._last_use(), self._offer)

    # laying out

    def _lay_out(self) -> None:
        self._stop()
        choices = self._choices
        if choices is None:
            return
        if not choices.company_ids:
            self._show_nothing()
            return
        self._preview.progress.begin("頁を組んでいます", len(choices.company_ids), "社")
        work = partial(_laid_out, self._services, choices, self._preview.progress.moved.emit)
        self._ticket = self._tasks.run(work, self._show, self._refused, side=True)

    def _show(self, made: _LaidOut) -> None:
        self._ticket = None
        self._laid_out = made
        self._preview.progress.end()
        self._preview.show_files([file.pdf for file in made.files])
        self._options.show_result(made.prepared, self._chosen_rows())
        self._issuing.offer(made.prepared, made.files)
        self.status_changed.emit(f"{made.prepared.pages:,}頁")
        self.heading_changed.emit()
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            wanted()

    def _refused(self, fault: Exception) -> None:
        self._ticket = None
        self._preview.progress.end()
        if isinstance(fault, NothingToPrint):
            self._show_nothing()
        else:
            self._tasks.failed_unheard.emit(fault)

    def _show_nothing(self) -> None:
        if self._choices is not None:
            ways = self._ways_out(self._choices)
            self._show_empty(EmptyState(*words.nothing_words(self._choices), ways))
            focused = self.window().focusWidget()
            if ways and (focused is None or self._preview.isAncestorOf(focused)):
                ways[0].setFocus()  # where Qt went when the button for printing could be pressed no longer

    def _give_up(self) -> None:
        """The person stopped the laying out: the pages before do not fit the choices any more."""
        if self._ticket is not None:
            self._stop()
            again = Button("もう一度組む")
            again.clicked.connect(self._lay_out)
            self._show_empty(EmptyState("頁を組むのをやめました", "記録は何も変わっていません。", [again]))

    def _show_empty(self, empty: EmptyState) -> None:
        self._laid_out = self._wanted = None
        self._issuing.offer(None)
        self._options.show_result(None, ())
        self.status_changed.emit("")
        self.heading_changed.emit()
        self._preview.show_empty(empty)

    def _ways_out(self, choices: Choices) -> list[Button]:
        if not choices.company_ids:
            pick = Button("企業を選ぶ", icon="company")
            pick.clicked.connect(self._pick_companies)
            return [pick]
        if choices.kind in WITHOUT_END and choices.period != ALL:
            widen = Button("すべての期間にする", icon="calendar")
            widen.clicked.connect(self._widen_period)
            return [widen]
        return []

    def _stop(self) -> None:
        self._rest.stop()
        self._preview.progress.end()
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    # giving out

    def _print(self) -> None:
        self._do_with_pages(self._issuing.print_out)

    def _save(self) -> None:
        self._do_with_pages(self._issuing.save)

    def _do_with_pages(self, give_out: Callable[[], None]) -> None:
        """Enter may come before the pages do: then it is done as soon as they are there."""
        if self._offer is None or self._ticket is not None or self._rest.isActive():
            self._wanted = give_out
        else:
            give_out()

    def _issued(self, prepared: Prepared) -> None:
        """Remember how this kind of document was printed."""
        if self._choices is None or self._offer is None:
            return
        kind = prepared.request.kind
        uses = {**self._program.settings.print_uses, kind: self._choices.use(self._offer.today)}
        self._program.change_settings(print_kind=str(kind), print_uses=uses)
        self._show_choices()

    def _focus_print_button(self) -> None:
        button = self.window().findChild(Button, "issue")
        if button is not None:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_to_boxes(self) -> None:
        self.go.emit(Route(Place.SETTINGS))

    # words

    def _chosen_rows(self) -> Sequence[CompanyListRow]:
        if self._offer is None or self._choices is None:
            return ()
        return [row for row in self._offer.companies if row.id in self._choices.company_ids]

    def _crumbs(self) -> tuple[Crumb, ...]:
        if not self._route.company_ids or self._offer is None:
            return (Crumb(PLACE_WORDS[Place.DOCUMENTS]),)
        rows = [row for row in self._offer.companies if row.id in self._route.company_ids]
        companies = Route(Place.COMPANIES)
        if len(rows) == 1:
            middle = Crumb(rows[0].name, Route(Place.COMPANIES, company_id=rows[0].id))
        else:
            middle = Crumb(f"{len(rows):,}社を選択中", companies)
        return Crumb(PLACE_WORDS[Place.COMPANIES], companies), middle, Crumb("印刷")

    # building

    def _build(self) -> None:
        self._options = OptionsPane(self._services.place.today)
        self._preview = PreviewPane()
        self._message_bar = MessageBar()
        self._issuing = Issuing(self, self._tasks, self._services.printing, self._program)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        right = column(spacing=0)
        right.addWidget(self._message_bar)
        right.addWidget(self._preview, 1)
        self._whole = row(self, spacing=0)
        self._whole.addLayout(right, 1)
        # In the next turn: both sides in one make the screen wait too long. What it offers comes later.
        QTimer.singleShot(0, self, self._lay_options)

    def _lay_options(self) -> None:
        self._whole.insertWidget(0, self._options)
        self._options.fit()

    @cached_property
    def _picker(self) -> CompanyPicker:
        """Made when it is first opened."""
        picker = CompanyPicker(self)
        picker.picked.connect(self._companies_picked)
        return picker

    def _connect(self) -> None:
        self._rest.timeout.connect(self._lay_out)
        self._options.changed.connect(self._chosen)
        self._options.companies_asked.connect(self._pick_companies)
        self._options.boxes_asked.connect(self._go_to_boxes)
        self._options.last_use_asked.connect(self._use_as_last)
        self._preview.failed.connect(self._tasks.failed_unheard)
        self._preview.progress.stopped.connect(self._give_up)
        self._issuing.attach(self._options.printer, self._message_bar, self._preview.progress)
        self._issuing.issued.connect(self._issued)
        self._issuing.told.connect(self.tell)
        for keys, turn in (("PgDown", self._turn_on), ("PgUp", self._turn_back)):
            QShortcut(QKeySequence(keys), self).activated.connect(turn)

    def _turn_on(self) -> None:
        self._preview.turn(1)

    def _turn_back(self) -> None:
        self._preview.turn(-1)


def _read_offer(services: Services, visit_id: str | None, _ticket: Ticket) -> PrintOffer:
    return services.printing.offer(visit_id)


def _laid_out(
    services: Services, choices: Choices, on_progress: Callable[[int], None], ticket: Ticket
) -> _LaidOut:
    printing = services.printing
    prepared = printing.prepare(
        choices.request(), is_cancelled=lambda: ticket.cancelled, on_progress=on_progress
    )
    return _LaidOut(prepared, printing.files(prepared, one_each=choices.one_each))
