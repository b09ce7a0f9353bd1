"""Where a command gets the passphrase."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from getpass import getpass

from app.services.stores import UnlockedStore, store_at, unlock
from ui.command_line.console import WrongUse


def unlocked(given: Namespace) -> UnlockedStore:
    """The store that the command line names, with its key."""
    return unlock(store_at(given.store), ask_passphrase(given))


def ask_passphrase(given: Namespace) -> Callable[[], str] | None:
    """What reads the passphrase, where the command line allows to ask for it."""
    return read_passphrase if given.passphrase_stdin else None


def read_passphrase() -> str:
    """The first line of standard input, unseen where somebody types it. Raises WrongUse when it is empty."""
    if sys.stdin.isatty():
        typed = getpass("合言葉: ")
    else:
        try:
            typed = sys.stdin.buffer.readline().decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise WrongUse("標準入力の合言葉を UTF-8 として読めません。") from None
    if not typed:
        raise WrongUse("標準入力に合言葉がありません。")
    return typed
