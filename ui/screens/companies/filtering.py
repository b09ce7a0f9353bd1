"""Which companies 企業一覧 shows: a search text and four filters, each "" for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain.folding import fold
from app.domain.terms import EngagementStatus
from app.rows.companies import CompanyListRow


@dataclass(frozen=True, slots=True)
class CompanyFilter:
    """What the person asked for. `status` and `stage` are codes, `assignee` and `industry` words."""

    query: str = ""
    status: str = ""
    stage: str = ""
    assignee: str = ""
    industry: str = ""

    def asked(self, name: str, value: str) -> CompanyFilter:
        """The same with one part asked for otherwise."""
        return replace(self, **{name: value})

    @property
    def is_open(self) -> bool:
        """Whether every company passes."""
        return self == CompanyFilter()

    def passing(self, rows: Iterable[CompanyListRow]) -> tuple[CompanyListRow, ...]:
        """The companies that pass, in their order."""
        words = [fold(word) for word in self.query.split()]
        return tuple(listed for listed in rows if self._passes(listed, words))

    def _passes(self, listed: CompanyListRow, words: Sequence[str]) -> bool:
        return (
            self.status in ("", listed.status)
            and self.stage in ("", listed.stage)
            and (not self.assignee or self.assignee in listed.assignees)
            and self.industry in ("", listed.industry_term)
            and all(word in listed.search_key for word in words)
        )


def assignees_of(rows: Iterable[CompanyListRow]) -> tuple[str, ...]:
    """Everybody who is 担当 of a company, by name."""
    return tuple(sorted({name for listed in rows for name in listed.assignees}))


def industries_of(rows: Iterable[CompanyListRow]) -> tuple[str, ...]:
    """Every 業種 there is among the companies."""
    return tuple(sorted({listed.industry_term for listed in rows if listed.industry_term}))


def count_words(rows: Sequence[CompanyListRow]) -> str:
    """「支援中 5社・候補 3社」: every standing that occurs."""
    counts = ((status, sum(listed.status is status for listed in rows)) for status in _COUNTED)
    return "・".join(f"{status.term} {count}社" for status, count in counts if count)


_COUNTED = (
    EngagementStatus.SUPPORTED,
    EngagementStatus.CANDIDATE,
    EngagementStatus.GRADUATED,
    EngagementStatus.STOPPED,
)
