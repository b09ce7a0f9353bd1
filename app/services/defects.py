"""Where entry points write down what the program met and was not made for."""

from __future__ import annotations

import logging

from app.logs import defect_report, start_logging
from app.paths import user_folders


def start_log() -> None:
    """Write this run's log where the user's logs are; a folder that takes no writes costs the log only."""
    start_logging(user_folders().logs)


def note_defect(failure: BaseException) -> str:
    """Log a defect; return its report, which holds no word of a client."""
    logging.getLogger("app").error("defect", exc_info=failure)
    return defect_report(failure)
