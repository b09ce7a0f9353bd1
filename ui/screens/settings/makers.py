"""The sections of 設定 in their order. Each is imported when it is first entered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ui.tasks import TaskRunner

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.program import Program
    from ui.screens.settings.section import Section


@dataclass(frozen=True, slots=True)
class Maker:
    """A section: its word, its icon, and how it is made."""

    word: str
    icon: str
    make: Callable[[], Section]


def makers(tasks: TaskRunner, services: Services, program: Program) -> Mapping[str, Maker]:
    """By the key that is the tab of a route. A practice store has no secrets to keep, but a way out."""
    own = ("keys", "鍵", "key", _keys)
    practice = ("practice", "練習用データ", "study", _practice)
    known = (
        ("team", "チーム", "flag", _team),
        ("people", "人", "people", _people),
        ("masters", "課題と視点", "idea", _masters),
        ("looks", "画面", "eye", _looks),
        practice if services.is_practice else own,
        ("backups", "控えと書き出し", "device", _backups),
        ("trash", "ごみ箱", "trash", _trash),
        ("support", "困ったとき", "alert", _support),
        ("about", "この製品について", "question", _about),
    )
    return {
        key: Maker(word, icon, partial(make, tasks, services, program)) for key, word, icon, make in known
    }


def _team(tasks: TaskRunner, services: Services, _program: Program) -> Section:
    from ui.screens.settings.team_section import TeamSection

    return TeamSection(tasks, services)


def _people(tasks: TaskRunner, services: Services, _program: Program) -> Section:
    from ui.screens.settings.people_section import PeopleSection

    return PeopleSection(tasks, services)


def _masters(tasks: TaskRunner, services: Services, _program: Program) -> Section:
    from ui.screens.settings.master_section import MasterSection

    return MasterSection(tasks, services)


def _looks(tasks: TaskRunner, services: Services, program: Program) -> Section:
    from ui.screens.settings.looks_section import LooksSection

    return LooksSection(tasks, services, program)


def _keys(tasks: TaskRunner, services: Services, program: Program) -> Section:
    from ui.screens.settings.keys_section import KeysSection

    return KeysSection(tasks, services, program)


def _practice(tasks: TaskRunner, services: Services, program: Program) -> Section:
    from ui.screens.settings.practice_section import PracticeSection

    return PracticeSection(tasks, services, program)


def _backups(tasks: TaskRunner, services: Services, program: Program) -> Section:
    from ui.screens.settings.backups_section import BackupsSection

    return BackupsSection(tasks, services, program)


def _trash(tasks: TaskRunner, services: Services, _program: Program) -> Section:
    from ui.screens.settings.trash_section import TrashSection

    return TrashSection(tasks, services)


def _support(tasks: TaskRunner, services: Services, program: Program) -> Section:
    from ui.screens.settings.support_section import SupportSection

    return SupportSection(tasks, services, program)


def _about(tasks: TaskRunner, services: Services, program: Program) -> Section:
    from ui.screens.settings.about_section import AboutSection

    return AboutSection(tasks, services, program)
