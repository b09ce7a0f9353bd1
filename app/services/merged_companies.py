"""Which companies stand for one: a company entered twice is linked to the one that stays."""

from __future__ import annotations

from app.domain.links import LinkKind
from db.reading import Reading


def compartments_of(reading: Reading, company_id: str) -> tuple[str, ...]:
    """The compartments that hold what belongs to a company: its own, and those of what was merged into it.

    A record never leaves the compartment it was made in, so a company's history is read from all of them.
    """
    found = [company_id]
    for owner in found:
        merged = reading.linking(LinkKind.MERGED_INTO, right_ids=[owner])
        found += [company for company, _ in merged if company not in found]
    return tuple(found)


def standing_company(reading: Reading, company_id: str) -> str:
    """The company that took the place of another, or the company itself."""
    passed = [company_id]
    while into := reading.linked(LinkKind.MERGED_INTO, left_ids=[passed[-1]]):
        if into[-1][1] in passed:
            break
        passed.append(into[-1][1])
    return passed[-1]
