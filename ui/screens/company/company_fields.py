"""The fields of a company's own record, for taking it in and for putting it right later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.company_size import is_under_ten_years_old, size_of
from app.domain.confidentiality import DEFAULT_LEVEL
from app.domain.date_reading import Lean
from app.domain.tidying import tidy_corporate_number, tidy_kana, tidy_postal_code, tidy_thousand_yen
from app.masters import Masters
from ui.screens.company.company_entry import ENTRY_WORDS, REQUIRED
from ui.screens.company.labelled_field import LabelledField
from ui.screens.company.size_line import SizeLine
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.fields.check_field import CheckField
from ui.widgets.fields.choice_field import ChoiceField, ConfidentialityPicker
from ui.widgets.fields.date_field import DateField
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.number_field import NumberField
from ui.widgets.fields.text_field import TextField
from ui.widgets.flow import Flow
from ui.widgets.layouts import column, put, row
from ui.widgets.segmented import Option
from ui.widgets.texts import Paragraph

TextEditor = TextField | LongTextField
_LABELS = {
    **ENTRY_WORDS,
    "representative_kana": "フリガナ",
    "representative_title": "役職",
    "employees_regular": "従業員 (常時)",
    "employees_part": "パート",
    "capital_thousand_yen": "資本金",
    "founded_on": "設立・創業の日",
    "confidentiality": "取扱",
}
TICKED = "yes"
_WIDTH_OF_TWO = 920
_AT_ONCE = ("name", "kana", "confidentiality")
"""What a form for a new company shows before the rest is unfolded."""
_UNFOLD = "くわしい項目もいま入れる"
_LATER = (
    "法人番号、代表者、所在地、業種、従業員などは、面談のあとに「概要 > 企業の情報を直す」で入れられます。"
)
_PLAIN_CHOICES = ("prefecture", "industry_major", "size_override", "confidentiality")


class CompanyFields(QWidget):
    """Two blocks side by side, named by the columns of the record.

    `edited` tells which column a person left changed, chose or ticked. `texts`, `choices` and `checks` hold
    the editors by column.
    """

    edited = Signal(str)

    def __init__(
        self,
        masters: Masters,
        today: Callable[[], date],
        *more: QWidget,
        folds: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`more` stands beside 取扱. `folds`: what can wait is shown when it is asked for."""
        super().__init__(parent)
        self._masters = masters
        self._today = today
        self._founded = DateField(today, Lean.PAST, placeholder="例 S46.4.10")
        self.texts: dict[str, TextEditor] = self._make_texts()
        self._size = SizeLine()
        self.choices = self._make_choices()
        self.checks = {
            "is_sole_proprietor": CheckField("個人事業主 (番号なし)"),
            "is_deemed_large": self._size.deemed_large,
        }
        self._labelled: dict[str, LabelledField] = {}
        self._due: list[Callable[[], None]] = []
        self._lead, self._unfold, self._rest = Card(spacing=12), Button(_UNFOLD, icon="down"), QWidget()
        self._arrange(more, folds=folds)
        self._connect()
        self.show_values({})

    # what stands in the fields

    def values(self) -> dict[str, object]:
        """By column; None where nothing was entered or it could not be read."""
        values: dict[str, object] = {name: _value(editor) for name, editor in self.texts.items()}
        values |= {name: choice.value() or None for name, choice in self.choices.items()}
        return values | {name: check.isChecked() for name, check in self.checks.items()}

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show a company's record. A field with typing that the record does not have keeps it."""
        for name, editor in self.texts.items():
            if not editor.has_changes() and not self._has_problem(name):
                _show(editor, name, values.get(name))
        for name, check in self.checks.items():
            check.setChecked(bool(values.get(name)))
        for name in _PLAIN_CHOICES:
            self._show_choice(name, str(values.get(name) or ""))
        self._offer_middles(str(values.get("industry_middle") or ""))
        self._follow()

    def clear(self) -> None:
        """Show blank fields, whatever they hold."""
        for editor in self.texts.values():
            editor.show_text("")
        for labelled in self._labelled.values():
            labelled.show_problem("")
        self.show_values({})

    def entered(self, column: str) -> str:
        """What stands in one field as text: as typed, the code chosen, or TICKED."""
        if column in self.texts:
            return self.texts[column].text()
        if column in self.checks:
            return TICKED if self.checks[column].isChecked() else ""
        return self.choices[column].value()

    def enter_again(self, entered: Mapping[str, str]) -> None:
        """Put back what `entered` gave, as if it had been typed just now."""
        if any(text for name, text in entered.items() if name not in _AT_ONCE and name != "size_override"):
            self.unfold()
        for name in (*self.checks, *self.choices, *self.texts):
            if name in entered:
                self._enter_one(name, entered[name])
        self._follow()

    def _enter_one(self, name: str, text: str) -> None:
        editor = self.texts.get(name)
        if isinstance(editor, LongTextField):
            editor.setPlainText(text)
        elif editor is not None:
            editor.setText(text)
        elif name in self.checks:
            self.checks[name].setChecked(text == TICKED)
        else:
            self._show_choice(name, text)
            if name == "industry_major":
                self._offer_middles("")

    def fit(self, width: int) -> None:
        """Put the blocks side by side, or one below the other where `width` px is too narrow for two."""
        abreast = width >= theme().px(_WIDTH_OF_TWO)
        side = QBoxLayout.Direction.LeftToRight if abreast else QBoxLayout.Direction.TopToBottom
        self._blocks.setDirection(side)

    def unfold(self) -> None:
        """Show everything that can be entered; what is not laid out yet comes with the next turns."""
        if self._due and self._rest.isHidden():
            self._lay_out_next()
        self._unfold.hide()
        self._later.hide()
        self._rest.show()

    def fold(self) -> None:
        """Show what cannot wait."""
        if self._lead.isHidden():
            return
        self._rest.hide()
        self._unfold.show()
        self._later.show()

    def _unfold_pressed(self) -> None:
        self.unfold()
        self.go_to("corporate_number")

    # problems

    def show_problem(self, column: str, text: str) -> None:
        """Say below a field what is wrong with it; "" takes it back."""
        self._shown_field(column).show_problem(text)

    def problems(self) -> list[str]:
        """The columns with which something is wrong, in the order of the screen."""
        return [name for name, labelled in self._labelled.items() if labelled.problem]

    def word(self, column: str) -> str:
        """The label of a field."""
        return _LABELS[column]

    def go_to(self, column: str) -> None:
        """Focus a field."""
        if column not in _AT_ONCE:
            self.unfold()
        self._shown_field(column).field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_problem(self, column: str) -> bool:
        return column in self._labelled and bool(self._labelled[column].problem)

    def _shown_field(self, column: str) -> LabelledField:
        while column not in self._labelled:
            self._due.pop(0)()
        return self._labelled[column]

    # following each other

    def _left(self, _text: object) -> None:
        name = self.sender().objectName()
        if isinstance(self.texts[name], LongTextField):
            self.show_problem(name, "")
        self._tell(name)

    def _chosen(self, _value: str) -> None:
        name = self.sender().objectName()
        if name == "industry_major":
            self._offer_middles("")
        if name in self._labelled:
            self.show_problem(name, "")
        self._tell(name)

    def _ticked(self, _on: bool) -> None:
        self._tell(self.sender().objectName())

    def _tell(self, name: str) -> None:
        self._follow()
        self.edited.emit(name)

    def _follow(self) -> None:
        number, alone = self.texts["corporate_number"], self.checks["is_sole_proprietor"].isChecked()
        if alone:
            number.show_text("")
            if self._has_problem("corporate_number"):
                self.show_problem("corporate_number", "")
        number.setEnabled(not alone)
        founded_on = self._founded.day()
        is_young = founded_on is not None and is_under_ten_years_old(founded_on, self._today())
        self._size.show_finding(size_of(self.values()), is_young=is_young)

    def _offer_middles(self, chosen: str) -> None:
        major = self._masters.industry.get(self.choices["industry_major"].value())
        middles = [Option(middle.code, middle.word) for middle in major.middles] if major else []
        self.choices["industry_middle"].set_options(middles)
        only = middles[0].value if len(middles) == 1 else ""
        self.choices["industry_middle"].show_value(chosen or only)

    def _show_choice(self, name: str, value: str) -> None:
        choice = self.choices[name]
        if value and choice.findData(value) < 0:
            # Kept as it is: a place that is in no list, such as those of the practice region.
            choice.addItem(value, value)
        choice.show_value(value or (DEFAULT_LEVEL if name == "confidentiality" else ""))

    # building

    def _make_texts(self) -> dict[str, TextEditor]:
        return {
            "name": TextField(),
            "kana": TextField(tidy=tidy_kana),
            "corporate_number": TextField(tidy=tidy_corporate_number, placeholder="13桁"),
            "representative_name": TextField(),
            "representative_kana": TextField(tidy=tidy_kana),
            "representative_title": TextField(),
            "postal_code": TextField(tidy=tidy_postal_code, placeholder="123-4567"),
            "city": TextField(),
            "street": TextField(),
            "founded_on": self._founded,
            "employees_regular": NumberField(unit="人"),
            "employees_part": NumberField(unit="人"),
            "capital_thousand_yen": NumberField(unit="千円", read=tidy_thousand_yen),
            "products": LongTextField(lines=3, most_lines=6),
        }

    def _make_choices(self) -> dict[str, ChoiceField]:
        prefectures = [Option(each.word, each.word) for each in self._masters.prefectures]
        majors = [Option(each.code, each.word) for each in self._masters.industries]
        return {
            "prefecture": _narrow(ChoiceField(prefectures, blank="選ぶ"), 4),
            "industry_major": _narrow(ChoiceField(majors, blank="選ぶ"), 9),
            "industry_middle": _narrow(ChoiceField(blank="選ぶ"), 9),
            "size_override": self._size.override,
            "confidentiality": ConfidentialityPicker(),
        }

    def _connect(self) -> None:
        for editors in (self.texts, self.choices, self.checks):
            for name, editor in editors.items():
                editor.setObjectName(name)
        for editor in self.texts.values():
            editor.left.connect(self._left)
        self._founded.day_left.connect(self._left)
        for choice in self.choices.values():
            choice.chosen.connect(self._chosen)
        for check in self.checks.values():
            check.clicked.connect(self._ticked)

    def _arrange(self, more: tuple[QWidget, ...], *, folds: bool) -> None:
        """What is seen at once, now; the rest by and by: all together makes the page wait too long."""
        self._later = Paragraph(_LATER, Role.TABLE, "sub")
        whole = column(self, spacing=16)
        put(whole, self._lead, self._rest)
        self._lead.setVisible(folds)
        self._rest.setVisible(not folds)
        self._blocks = row(self._rest, spacing=16)
        names = self._line("name", "kana")
        first, second = Card("会社と代表者", spacing=12), Card("業種と規模", spacing=12)
        self._blocks.addWidget(first, 1)
        self._blocks.addWidget(second, 1)
        if folds:
            self._unfold.clicked.connect(self._unfold_pressed)
            unfold = row(spacing=12)
            put(unfold, self._unfold, None)
            self._lead.add(names, self._line("confidentiality", *more), self._later, unfold)
        else:
            first.add(names)
        self._due = self._steps(first, second, () if folds else more, folds=folds)
        if not folds:
            self._lay_out_next()

    def _steps(
        self, first: Card, second: Card, more: tuple[QWidget, ...], *, folds: bool
    ) -> list[Callable[[], None]]:
        """Laying out the two blocks, a few fields at a time."""

        def number_and_names() -> None:
            first.add(self._label("corporate_number", self.checks["is_sole_proprietor"]))
            first.add(self._line("representative_name", "representative_kana", "representative_title"))

        def address() -> None:
            place = self._line("postal_code", "prefecture", "city")
            first.add(place, self._line("street", "founded_on"), None)

        def industry() -> None:
            second.add(self._line("industry_major", "industry_middle"))
            second.add(self._line("employees_regular", "employees_part", "capital_thousand_yen"))

        def size() -> None:
            second.add(self._size, self._label("products"))
            second.add(*(() if folds else (self._line("confidentiality", *more),)), None)

        return [number_and_names, address, industry, size]

    def _lay_out_next(self) -> None:
        if self._due:
            self._due.pop(0)()
            QTimer.singleShot(0, self, self._lay_out_next)

    def _line(self, *fields: str | QWidget) -> Flow:
        labelled = [self._label(field) if isinstance(field, str) else field for field in fields]
        return Flow(*labelled, spacing=12, fills=True)

    def _label(self, name: str, *beside: QWidget) -> LabelledField:
        field = self.texts.get(name) or self.choices[name]
        required = name in REQUIRED
        self._labelled[name] = LabelledField(_LABELS[name], field, *beside, required=required)
        return self._labelled[name]


def _value(editor: TextEditor) -> object:
    if isinstance(editor, NumberField):
        return editor.number()
    if isinstance(editor, DateField):
        day = editor.day()
        return day.isoformat() if day else None
    return editor.text() or None


def _show(editor: TextEditor, name: str, value: object) -> None:
    if isinstance(editor, NumberField):
        editor.show_number(value if isinstance(value, int) else None)
    elif isinstance(editor, DateField):
        editor.show_day(date.fromisoformat(str(value)) if value else None)
    else:
        # Shown as leaving the field would write it, so that passing through it changes nothing.
        text = str(value or "")
        editor.show_text(tidy_kana(text).text if name.endswith("kana") else text)
        if isinstance(editor, TextField) and not editor.hasFocus():
            editor.setCursorPosition(0)


def _narrow(choice: ChoiceField, characters: int) -> ChoiceField:
    """A choice that asks for so many characters, however long its longest word."""
    choice.setMinimumContentsLength(characters)
    choice.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return choice
