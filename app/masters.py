"""Reads the master entries that ship in `resources/masters`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

from app.domain.masters import (
    Choice,
    ExplainedTerm,
    FieldKind,
    FirstVisitQuestion,
    Industry,
    IntakeBlock,
    IntakeField,
    Prompt,
)


@dataclass(frozen=True)
class Masters:
    """All master entries, each kind in the order in which screens and pages show it."""

    management_issues: tuple[ExplainedTerm, ...]
    ip_perspectives: tuple[ExplainedTerm, ...]
    prompts: tuple[Prompt, ...]
    first_visit_questions: tuple[FirstVisitQuestion, ...]
    industries: tuple[Industry, ...]
    prefectures: tuple[Choice, ...]
    intake_blocks: tuple[IntakeBlock, ...]

    @cached_property
    def management_issue(self) -> Mapping[str, ExplainedTerm]:
        """経営課題 by code."""
        return {issue.code: issue for issue in self.management_issues}

    @cached_property
    def ip_perspective(self) -> Mapping[str, ExplainedTerm]:
        """知財の視点 by code."""
        return {perspective.code: perspective for perspective in self.ip_perspectives}

    @cached_property
    def prompt(self) -> Mapping[str, Prompt]:
        """Prompts by code."""
        return {prompt.code: prompt for prompt in self.prompts}

    @cached_property
    def industry(self) -> Mapping[str, Industry]:
        """大分類 by letter."""
        return {industry.code: industry for industry in self.industries}

    @cached_property
    def middle_industry_word(self) -> Mapping[str, str]:
        """Words of the 中分類 by two-digit code."""
        return {middle.code: middle.word for industry in self.industries for middle in industry.middles}

    def industry_term(self, major: str | None, middle: str | None) -> str:
        """The word for a company's 業種: its 中分類 where known, else its 大分類, else nothing."""
        if middle and middle in self.middle_industry_word:
            return self.middle_industry_word[middle]
        return self.industry[major].word if major and major in self.industry else ""

    @cached_property
    def intake_field(self) -> Mapping[str, IntakeField]:
        """Intake fields by full code, such as management.vision."""
        return {field.code: field for block in self.intake_blocks for field in block.fields}


def load_masters() -> Masters:
    """Read every master file; takes a few milliseconds, so do it once."""
    return Masters(
        management_issues=_explained("management_issues", "management_issue"),
        ip_perspectives=_explained("ip_perspectives", "ip_perspective"),
        prompts=tuple(_prompt(entry) for entry in _read("prompts")["prompt"]),
        first_visit_questions=tuple(
            FirstVisitQuestion(**entry) for entry in _read("first_visit_questions")["question"]
        ),
        industries=tuple(
            Industry(entry["code"], entry["word"], _choices(entry["middles"]))
            for entry in _read("industries")["industry"]
        ),
        prefectures=_choices(_read("prefectures")["prefectures"]),
        intake_blocks=tuple(_block(entry) for entry in _read("intake_fields")["block"]),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("resources").joinpath("masters", f"{name}.toml").read_text("utf-8"))


def _explained(name: str, table: str) -> tuple[ExplainedTerm, ...]:
    return tuple(ExplainedTerm(**entry) for entry in _read(name)[table])


def _choices(pairs: Sequence[Sequence[str]]) -> tuple[Choice, ...]:
    return tuple(Choice(code, word) for code, word in pairs)


def _prompt(entry: Mapping[str, Any]) -> Prompt:
    return Prompt(
        code=entry["code"],
        text=entry["text"],
        management_codes=tuple(entry["management_codes"]),
        perspective_codes=tuple(entry["perspective_codes"]),
        measures=tuple(entry["measures"]),
        menu_numbers=tuple(entry["menu_numbers"]),
    )


def _block(entry: Mapping[str, Any]) -> IntakeBlock:
    code = entry["code"]
    return IntakeBlock(code, entry["word"], tuple(_field(code, field) for field in entry["field"]))


def _field(block_code: str, entry: Mapping[str, Any]) -> IntakeField:
    return IntakeField(
        code=f"{block_code}.{entry['code']}",
        label=entry["label"],
        kind=FieldKind(entry["kind"]),
        hint=entry.get("hint", ""),
        unit=entry.get("unit", ""),
        tidy=entry.get("tidy", ""),
        choices=_choices(entry.get("choices", ())),
    )
