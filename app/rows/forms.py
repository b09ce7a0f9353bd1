"""A record as a form showed it; screens hand it back unchanged when they save."""

from __future__ import annotations

from db.forms import Form

__all__ = ["Form"]
