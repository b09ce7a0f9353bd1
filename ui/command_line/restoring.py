"""`banso restore`: going back to a backup as a whole, or bringing single items of it back."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from app.rows.backup_items import BackupComparison, BackupItem
from app.services.backup_items import BackupItemService
from app.services.backups import chosen_backup
from app.services.stores import backup_to_restore, restore, store_at
from ui.command_line.console import Console, WrongUse
from ui.command_line.exit_codes import ExitCode
from ui.command_line.keys import ask_passphrase, unlocked

NEWEST, ALL = "newest", "all"


def restore_store(given: Namespace, console: Console) -> ExitCode:
    """Put a backup in the place of the store, or list or bring back single items of it."""
    chosen = backup_to_restore(store_at(given.store), None if given.backup == NEWEST else Path(given.backup))
    if given.list_items:
        return _list_items(given, chosen, console)
    if given.item:
        return _bring_back(given, chosen, console)
    return _restore_whole(given, chosen, console)


def _restore_whole(given: Namespace, chosen: Path, console: Console) -> ExitCode:
    if not given.yes:
        raise WrongUse(f"{chosen} から戻します。よければ --yes を付けて、もう一度実行してください。")
    kept = restore(store_at(given.store), chosen, ask_passphrase(given))
    lines = [f"控えから戻しました: {chosen}"]
    if kept:
        lines.append(f"戻す前の記録は残してあります: {kept}")
    console.result(lines, {"restored_from": str(chosen), "kept_as": str(kept) if kept else None})
    return ExitCode.DONE


def _list_items(given: Namespace, chosen: Path, console: Console) -> ExitCode:
    store = unlocked(given)
    with store.opened() as place:
        found = store.backup_items(place).compare(chosen_backup(chosen))
    lines = [_item_line(item) for item in found.items]
    lines.append(f"違うものは {len(found.items)}件です。" if found.items else "違いはありません。")
    console.result(lines, {"backup": str(chosen), "items": [_item_facts(item) for item in found.items]})
    return ExitCode.DONE


def _bring_back(given: Namespace, chosen: Path, console: Console) -> ExitCode:
    store = unlocked(given)
    with store.held(), store.opened() as place:
        items: BackupItemService = store.backup_items(place)
        found = items.compare(chosen_backup(chosen))
        wanted = _wanted(given.item, found)
        brought = items.bring_back(found, wanted)
    lines = [f"{len(wanted)}件を戻しました（中のものも数えて {brought.count}件）: {chosen}"]
    console.result(lines, {"backup": str(chosen), "items": wanted, "records": brought.count})
    return ExitCode.DONE


def _wanted(keys: list[str], found: BackupComparison) -> list[str]:
    """The keys asked for. Raises WrongUse for one that is no difference."""
    known = [item.key for item in found.items]
    if ALL in keys:
        return known
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise WrongUse(f"{'、'.join(unknown)} は違いの中にありません。--list-items で KEY を見てください。")
    return list(dict.fromkeys(keys))


def _item_line(item: BackupItem) -> str:
    state = "今はない" if item.is_missing else "違う"
    more = f"（ほか {len(item.along)}件も一緒）" if item.along else ""
    return f"{item.key}  {state}  {item.place}  {item.type_term}「{item.words}」{more}"


def _item_facts(item: BackupItem) -> dict[str, object]:
    changes = [{"field": each.field_term, "now": each.now, "then": each.then} for each in item.changes]
    return {
        "key": item.key,
        "type": item.type_term,
        "words": item.words,
        "place": item.place,
        "missing": item.is_missing,
        "along": len(item.along),
        "changes": changes,
    }
