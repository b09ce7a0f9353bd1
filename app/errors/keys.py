"""What opens the store: passphrase, key file, the 24 words."""

from __future__ import annotations

from app.errors.cases import AppError


class WrongPassphrase(AppError):
    """The passphrase opens nothing; after `tries_left` more wrong ones comes a wait of `wait_minutes`."""

    code = "keys.wrong_passphrase"

    def __init__(self, *, tries_left: int, wait_minutes: int) -> None:
        super().__init__(tries_left=tries_left, wait_minutes=wait_minutes)


class PassphraseMustWait(AppError):
    """Too many wrong passphrases: none is tried for another `wait_minutes` (rounded up)."""

    code = "keys.passphrase_must_wait"

    def __init__(self, *, wait_minutes: int) -> None:
        super().__init__(wait_minutes=wait_minutes)


class KeyFileMissing(AppError):
    """The store is there, its key file and the key file's copy are not."""

    code = "keys.file_missing"


class KeyFileDamaged(AppError):
    """Neither the key file nor its copy can be read, or it contradicts the key it holds."""

    code = "keys.file_damaged"


class KeyFileTooNew(AppError):
    """A newer program wrote the key file: format `file_version`."""

    code = "keys.file_too_new"

    def __init__(self, *, file_version: int) -> None:
        super().__init__(file_version=file_version)


class KeyOfAnotherStore(AppError):
    """The key file opened, and its key does not fit the store beside it."""

    code = "keys.other_store"


class PassphraseTooShort(AppError):
    """A new passphrase has fewer than `shortest` characters."""

    code = "keys.passphrase_too_short"

    def __init__(self, *, shortest: int) -> None:
        super().__init__(shortest=shortest)


class PassphrasesDiffer(AppError):
    """The new passphrase and its repetition are not the same."""

    code = "keys.passphrases_differ"


class PassphrasePublished(AppError):
    """The practice store's published passphrase was chosen for a real store."""

    code = "keys.passphrase_published"


class RecoveryWordsUnknown(AppError):
    """Words at `positions` (counted from 1, such as "3, 17") are not in the list of words."""

    code = "keys.words_unknown"

    def __init__(self, *, positions: str) -> None:
        super().__init__(positions=positions)


class RecoveryWordsMiscounted(AppError):
    """`given` words were typed where `expected` are needed."""

    code = "keys.words_miscounted"

    def __init__(self, *, given: int, expected: int) -> None:
        super().__init__(given=given, expected=expected)


class RecoveryWordsMixedUp(AppError):
    """Every word is in the list, but one was taken for another or two changed places."""

    code = "keys.words_mixed_up"


class RecoveryWordsOfAnotherStore(AppError):
    """The words are sound and open another store, or are older than the last renewal."""

    code = "keys.words_other_store"


class RetypedWordDiffers(AppError):
    """The word typed to prove that the paper was written is not word number `position`."""

    code = "keys.retyped_word_differs"

    def __init__(self, *, position: int) -> None:
        super().__init__(position=position)
        self.position = position
