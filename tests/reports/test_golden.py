from __future__ import annotations

import pytest

from tests.reports.cases import cases
from tests.reports.regolden import GOLDEN, golden_text

CASES = cases()


@pytest.mark.parametrize("name", CASES)
def test_a_document_looks_as_it_was_approved(name):
    approved = (GOLDEN / f"{name}.json").read_text(encoding="utf-8")

    assert golden_text(CASES[name]).splitlines() == approved.splitlines()


def test_every_golden_file_belongs_to_a_case():
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(CASES)
