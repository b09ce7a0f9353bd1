"""A wait that grows with wrong passphrases and survives a restart.

It slows a person who guesses at the window. Someone with a copy of the files is slowed by Argon2id alone.
A try is counted before it is made and forgiven when it succeeds, so that killing the program saves no try.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from app.clock import Clock
from app.durable_files import write_durably
from app.errors import AppError, PassphraseMustWait, WrongPassphrase

TRIES_BEFORE_WAIT: Final = 4
FIRST_WAIT: Final = timedelta(minutes=5)
LONGEST_WAIT: Final = timedelta(hours=1)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Tries:
    wrong: int
    last_at: datetime

    @property
    def wait(self) -> timedelta:
        """5 minutes after the fourth wrong passphrase, then twice as long each time, up to an hour."""
        over = self.wrong - TRIES_BEFORE_WAIT
        return min(FIRST_WAIT * 2 ** min(over, 10), LONGEST_WAIT) if over >= 0 else timedelta()


class PassphraseTries:
    """Counts the wrong passphrases of one store in the file at `path`."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    def begin(self) -> None:
        """Count a try that is about to be made. Raises PassphraseMustWait when none may be made yet."""
        now = self._clock.now()
        tries = self._read() or _Tries(0, now)
        waited = now - tries.last_at
        if waited < timedelta():  # the clock was set back: what is left must not grow with the difference
            self._write(_Tries(tries.wrong, now))
            waited = timedelta()
        if waited < tries.wait:
            raise PassphraseMustWait(wait_minutes=_minutes(tries.wait - waited))
        self._write(_Tries(tries.wrong + 1, now))

    def succeeded(self) -> None:
        """Forgive what was counted."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as refused:
            _log.warning("tries not forgiven: errno %s", refused.errno)

    def refusal(self) -> AppError:
        """What to tell the person whose try, counted by `begin`, was wrong."""
        tries = self._read() or _Tries(1, self._clock.now())
        if tries.wait:
            return PassphraseMustWait(wait_minutes=_minutes(tries.wait))
        left = TRIES_BEFORE_WAIT - tries.wrong
        return WrongPassphrase(tries_left=left, wait_minutes=_minutes(FIRST_WAIT))

    def _read(self) -> _Tries | None:
        """What was counted; an unreadable file counts as none, for it must not lock anybody out."""
        try:
            kept = json.loads(self._path.read_bytes())
            last_at = datetime.fromisoformat(kept["last_at"])
            return _Tries(int(kept["wrong"]), last_at) if last_at.tzinfo else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _write(self, tries: _Tries) -> None:
        kept = {"wrong": tries.wrong, "last_at": tries.last_at.isoformat()}
        try:
            write_durably(self._path, json.dumps(kept).encode())
        except OSError as refused:  # a read-only folder must still open
            _log.warning("try not counted: errno %s", refused.errno)


def _minutes(wait: timedelta) -> int:
    return -(-wait // timedelta(minutes=1))
