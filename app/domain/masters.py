"""The shapes of the master entries that ship with the program, and the choices made among them.

Codes are permanent: they stand in the log. Words may be reworded. Edits by a team are changes on the record
`app.domain.ids.master_id(kind, code)`; the kinds are the constants below.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

MANAGEMENT_ISSUE = "management_issue"
IP_PERSPECTIVE = "ip_perspective"
PROMPT = "prompt"
FIRST_VISIT_QUESTION = "first_visit_question"


class FieldKind(StrEnum):
    """How an intake field is entered and kept."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Choice:
    """A permanent code with its word: a prefecture, a 中分類, or one of the answers of a field."""

    code: str
    word: str


@dataclass(frozen=True, slots=True)
class ExplainedTerm:
    """A 経営課題 (M1 to M16) or a 知財の視点 (PAT, TM, ...), with one plain line on what it is."""

    code: str
    word: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A 経営課題 as a client would put it, the 知財の視点 to look at it with, and usual measures.

    `menu_numbers` are kept for the support menus and shown nowhere until those exist.
    """

    code: str
    text: str
    management_codes: tuple[str, ...]
    perspective_codes: tuple[str, ...]
    measures: tuple[str, ...]
    menu_numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FirstVisitQuestion:
    """A question for the first visit; `word` is its short form on the checklist."""

    code: str
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Industry:
    """A 大分類 (letter) of 日本標準産業分類 with its 中分類 (two digits)."""

    code: str
    word: str
    middles: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class IntakeField:
    """One optional field of the intake.

    `code` is "<block>.<field>". `unit` is what a number counts (千円, 人, %, 月) or empty. `tidy` is "phone",
    "email" or empty. `choices` is empty unless the kind is CHOICE.
    """

    code: str
    label: str
    kind: FieldKind
    hint: str
    unit: str
    tidy: str
    choices: tuple[Choice, ...]

    def word_of(self, choice_code: str) -> str:
        """The word of one of the choices; a code that is not among them stands for itself."""
        return next((choice.word for choice in self.choices if choice.code == choice_code), choice_code)


@dataclass(frozen=True, slots=True)
class IntakeBlock:
    """A block of the intake with its fields in the order of the form."""

    code: str
    word: str
    fields: tuple[IntakeField, ...]


def prompts_for(management_code: str, prompts: Iterable[Prompt]) -> tuple[Prompt, ...]:
    """The prompts of a 経営課題, those that name it first before those that name it beside another."""
    matching = [prompt for prompt in prompts if management_code in prompt.management_codes]
    return tuple(sorted(matching, key=lambda prompt: prompt.management_codes.index(management_code)))


def perspectives_for(management_codes: Sequence[str], prompts: Sequence[Prompt]) -> tuple[str, ...]:
    """Codes of the 知財の視点 worth a look for some 経営課題: the one most prompts name comes first.

    Where as many prompts name two, the one named earlier comes first.
    """
    chosen = set(management_codes)
    matching = [prompt for prompt in prompts if chosen & set(prompt.management_codes)]
    counted = Counter(code for prompt in matching for code in prompt.perspective_codes)
    return tuple(code for code, _ in counted.most_common())
