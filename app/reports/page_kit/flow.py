"""The way down a document's pages: what is free, and when a new page begins."""

from __future__ import annotations

from app.making_way import COURTESY
from app.reports.page_kit import paper
from app.reports.page_kit.ink import Bookmark, Page


class Flow:
    """Pages filled from top to bottom. `y` is the upper edge of what is still free on the last page."""

    def __init__(self, spacing: float = 1.0) -> None:
        """`spacing` is the share of every gap that is really left free."""
        self._spacing = spacing
        self.pages: list[Page] = []
        self.start_page()

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    @property
    def room(self) -> float:
        """Height still free on this page."""
        return self.y - paper.BOTTOM

    @property
    def is_at_top(self) -> bool:
        """Whether nothing stands in this page's body yet."""
        return self.y >= paper.TOP

    @property
    def fill_of_last_page(self) -> float:
        """Share of the last page's body that is used, 0 to 1."""
        return (paper.TOP - self.y) / (paper.TOP - paper.BOTTOM)

    def start_page(self) -> None:
        """Go on at the top of a new page."""
        COURTESY.make_way()
        self.pages.append(Page())
        self.y = paper.TOP

    def need(self, height: float) -> bool:
        """Go on a new page unless `height` is free here; says whether it did."""
        if height <= self.room or self.is_at_top:
            return False
        self.start_page()
        return True

    def skip(self, height: float) -> None:
        """Leave `height` free, except at the top of a page."""
        if not self.is_at_top:
            self.y -= height * self._spacing

    def bookmark(self, title: str) -> None:
        """Let the reader's list of contents lead here."""
        self.page.bookmarks.append(Bookmark(title, self.y))
