"""Files that were deleted long ago are erased from ごみ箱, with two presses."""

from pathlib import Path

from tests.services.records import put
from tests.ui.program.house import House
from tests.ui.settings.rooms import enter, toast
from ui.screens.settings.erasing_line import ErasingLine


def test_old_files_are_erased_with_two_presses_and_young_ones_are_not_offered(
    house: House, tmp_path: Path
) -> None:
    program = enter(house, "about")
    services = program.services
    assert services is not None
    drawing = tmp_path / "図面.txt"
    drawing.write_bytes(b"drawing")
    company = put(services.place, "company", name="北国工業")
    (added,) = services.attachments.add(company, [drawing]).ids
    services.trash.delete("attachment", added)
    enter(house, "trash")
    assert not house.shown(ErasingLine)
    house.clock.move(days=181)
    enter(house, "about")
    enter(house, "trash")
    assert "資料が 1個あります (7 バイト)" in house.words()
    house.click("中身を完全に消す")
    house.settle()
    assert services.attachments.erasable()
    house.click("戻せません。消すなら、もう一度")
    house.settle()
    assert not services.attachments.erasable()
    assert "完全に消しました" in toast(house)
    assert not house.shown(ErasingLine)
