"""Drafts: kept one for each line or field, given back oldest first, gone when dropped."""

from __future__ import annotations

import pytest

from app.bootstrap import open_workplace
from app.paths import StoreFolder
from app.services.drafts import DraftService
from app.workplace import Workplace
from tests.services.conftest import KEY, SteppingClock


@pytest.fixture
def drafts(place: Workplace) -> DraftService:
    return DraftService(place.store, place.clock)


def test_a_newer_draft_of_the_same_line_takes_the_place_of_the_older(drafts: DraftService) -> None:
    drafts.keep("visit", "line:1", "主力", anchor="0", preedit="せっさく", caret=2, scroll=30)
    drafts.keep("visit", "line:1", "主力は切削", caret=5)
    (draft,) = drafts.of("visit")
    assert (draft.text, draft.preedit, draft.anchor, draft.caret, draft.scroll) == (
        "主力は切削",
        "",
        "",
        5,
        0,
    )


def test_drafts_come_oldest_first_and_only_those_of_the_scope(drafts: DraftService) -> None:
    drafts.keep("visit", "line:2", "二")
    drafts.keep("other", "line:9", "別")
    drafts.keep("visit", "line:1", "一")
    drafts.keep("visit", "line:2", "二番")
    assert [draft.text for draft in drafts.of("visit")] == ["一", "二番"]
    assert [draft.text for draft in drafts.left()] == ["別", "一", "二番"]


def test_a_dropped_draft_is_gone_and_dropping_twice_does_no_harm(drafts: DraftService) -> None:
    drafts.keep("visit", "line:1", "一")
    drafts.drop("visit", "line:1")
    drafts.drop("visit", "line:1")
    assert drafts.left() == ()


def test_a_draft_is_read_by_another_opening_while_the_first_never_closed(
    drafts: DraftService, place: Workplace, clock: SteppingClock
) -> None:
    drafts.keep("visit", "line:1", "一")
    again = open_workplace(StoreFolder(place.store.path.parent), KEY, clock=clock)
    assert [draft.text for draft in DraftService(again.store, clock).left()] == ["一"]
    again.store.close()


def test_drafts_never_travel(drafts: DraftService, place: Workplace) -> None:
    before = place.store.check().changes
    drafts.keep("visit", "line:1", "一")
    assert place.store.check().changes == before
    assert place.undo_chains.take("visit", "back") is None
