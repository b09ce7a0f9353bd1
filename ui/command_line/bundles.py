"""`banso export` and `import`: everything out in readable form, and back into an empty store."""

from __future__ import annotations

from argparse import Namespace

from app.making_way import step_back
from app.services.bundles import require_bundle
from app.services.stores import UnlockedStore, is_there, make_empty_store, store_at
from ui.command_line.console import Console, WrongUse, require_folder_of
from ui.command_line.exit_codes import ExitCode
from ui.command_line.keys import read_passphrase, unlocked

_WORDS_A_LINE = 6


def export(given: Namespace, console: Console) -> ExitCode:
    """Write an open bundle."""
    require_folder_of(given.out)
    store = unlocked(given)
    with store.opened() as place:
        note = store.bundles(place).export(given.out, include_secret=given.include_secret)
    console.note("このファイルは暗号化されていません。取り扱いに注意してください。")
    lines = [f"書き出しました: {given.out}", f"記録 {note.records:,}件、変更 {note.changes:,}件"]
    if note.files or note.files_away:
        lines.append(f"資料 {note.files:,}個（この端末にない {note.files_away:,}個は入っていません）")
    if note.secret_left_out:
        lines.append(f"秘密の行 {note.secret_left_out:,}件は入っていません。")
    facts = {
        "file": str(given.out),
        "records": note.records,
        "changes": note.changes,
        "secret_left_out": note.secret_left_out,
        "files": note.files,
        "files_away": note.files_away,
    }
    console.result(lines, facts)
    return ExitCode.DONE


def take_in(given: Namespace, console: Console) -> ExitCode:
    """Read a bundle into an empty store, making the store where there is none."""
    step_back()
    folder = store_at(given.store)
    store, words = (unlocked(given), ()) if is_there(folder) else _new_store(given)
    with store.held(), store.opened() as place:
        note = store.bundles(place).take_in(given.bundle)
    lines = [f"取り込みました: 記録 {note.records:,}件、変更 {note.changes:,}件（照合済み）"]
    if words:
        lines += ["この記録の24語です。ここにしか出ません。紙に書いて、しまってください。", *numbered(words)]
    facts: dict[str, object] = {"records": note.records, "changes": note.changes}
    console.result(lines, {**facts, "recovery_words": words} if words else facts)
    return ExitCode.DONE


def _new_store(given: Namespace) -> tuple[UnlockedStore, tuple[str, ...]]:
    if not given.passphrase_stdin:
        raise WrongUse("記録がないフォルダです。新しい記録の合言葉を --passphrase-stdin で渡してください。")
    require_bundle(given.bundle)
    return make_empty_store(store_at(given.store), read_passphrase())


def numbered(words: tuple[str, ...]) -> list[str]:
    """The words of a paper with their places, six a line."""
    named = [f"{number}. {word}" for number, word in enumerate(words, 1)]
    return ["  ".join(named[start : start + _WORDS_A_LINE]) for start in range(0, len(named), _WORDS_A_LINE)]
