from datetime import UTC, datetime, timedelta


class FakeClock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = datetime(2025, 7, 22, 4, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)
