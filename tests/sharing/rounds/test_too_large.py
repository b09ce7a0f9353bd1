"""A save that no segment can hold stays here and is told; what was saved before and after it goes on."""

import pytest

from app.services import sharing_outbox
from app.sharing.objects import segment
from tests.sharing.rounds.conftest import NewTeam


def test_a_save_that_is_too_large_is_told_and_holds_nothing_up(
    new_team: NewTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = new_team()
    first, member, _ = team.devices
    _, company, home = team.records[1]
    monkeypatch.setattr(sharing_outbox, "MOST_CHANGES", 1)
    before = team.write(first, *team.records[1])
    large = "大" * 3000
    with first.workplace.action("書く", None) as work:
        work.save("company", company, {"name": large}, compartment=home)
    after = team.write(first, *team.records[1])
    monkeypatch.setattr(segment, "MOST_BODY_BYTES", 8000)
    report = first.sharing.synchronise()
    assert (report.too_large, report.waiting, report.sent) == (1, 1, 2)
    member.sharing.synchronise()
    assert {before, after} <= member.values()
    assert large in first.values()
    monkeypatch.undo()
    assert first.sharing.synchronise().too_large == 0
    member.sharing.synchronise()
    assert large in member.values()
