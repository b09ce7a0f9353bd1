"""The plain functions that the log is given: merging and folding."""

from __future__ import annotations

from app.domain.folding import FOLDING, fold
from app.sync.merge import resolve, resolve_record
from db.unit_of_work import Rules

RULES = Rules(resolve=resolve, resolve_record=resolve_record, fold=fold, fold_version=FOLDING)
