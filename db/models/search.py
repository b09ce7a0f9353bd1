"""The search index: derived from the projections, never shared.

`search_item` numbers what can be found: `no >> 20` is the minute of its moment (see `db.search_sources`), so
that numbers in falling order are the newest first; `source` says which row of which projection it is.
`search_text` holds under the same number the folded bigrams of its texts, and words to filter by.

Every ASCII sign is a character of a word there, like all beyond ASCII: what folding leaves is what is found.
`prefix` keeps single characters as a list of their own, or a search for one would gather every bigram.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, Integer, Table, event

from db.base import METADATA

SEARCH_ITEM = Table(
    "search_item",
    METADATA,
    Column("no", Integer, primary_key=True),
    Column("source", Integer, nullable=False, unique=True),
)
_SIGNS = "!\"\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~"
_SEARCH_TEXT = (
    "CREATE VIRTUAL TABLE search_text USING fts5(words, filters, content='', contentless_delete=1,"
    f" prefix='1', tokenize=\"ascii tokenchars '{_SIGNS}'\")"
)


@event.listens_for(SEARCH_ITEM, "after_create")
def _create_search_text(_table: Table, connection: Connection, **_more: Any) -> None:
    connection.exec_driver_sql(_SEARCH_TEXT)
