"""What a command's exit code says. The numbers are promised to whoever automates Banso."""

from __future__ import annotations

from enum import IntEnum

from app.errors import AppError


class ExitCode(IntEnum):
    """An exit code with its words for `--help`. 128 and more are the system's: 130 is Ctrl+C."""

    words: str

    def __new__(cls, number: int, words: str = "") -> ExitCode:
        """Keep the words beside the number; a look-up gives the number alone."""
        member = int.__new__(cls, number)
        member._value_ = number
        member.words = words
        return member

    DONE = 0, "できました"
    DEFECT = 1, "思いがけないことで止まりました"
    WRONG_USE = 2, "命令の書き方が違います"
    DAMAGED = 3, "壊れた所があります（記録、鍵のファイル、控え、取り込むファイル）"
    IN_USE = 4, "別の画面や命令が使っています"
    NO_KEY = 5, "鍵が開きません（合言葉、預けた鍵、別の記録の鍵）"
    NOTHING = 6, "当てはまるものがありません（企業、さがす言葉、印刷する頁、控え）"
    DISK = 7, "読み書きできません（空き、権限、クラウドのフォルダ）"
    TOO_NEW = 8, "新しい版のプログラムが必要です"
    WRONG_STORE = 9, "この記録にはできません（記録がない、もうある、空でない、練習用でない）"
    PLACE = 10, "置き場を使えません（つながらない、空きがない、別のチームのもの）"
    TEAM = 11, "チームの今のようすではできません（入っていない、承認待ち、招待、役割）"
    NO_DISPLAY = 69, "画面がないので窓を開けません"


_BY_CODE = {
    "backup.none": ExitCode.NOTHING,
    "backup.other_store": ExitCode.NO_KEY,
    "attachment.unreadable": ExitCode.DISK,
    "backup.unreadable": ExitCode.DAMAGED,
    "carry.nothing": ExitCode.NOTHING,
    "carry.other_team": ExitCode.TEAM,
    "carry.too_new": ExitCode.TOO_NEW,
    "held_work.no_key": ExitCode.NO_KEY,
    "import.bundle_too_new": ExitCode.TOO_NEW,
    "import.store_not_empty": ExitCode.WRONG_STORE,
    "keys.file_damaged": ExitCode.DAMAGED,
    "keys.file_too_new": ExitCode.TOO_NEW,
    "keys.passphrase_published": ExitCode.WRONG_USE,
    "keys.passphrase_too_short": ExitCode.WRONG_USE,
    "print.file_in_the_way": ExitCode.DISK,
    "store.busy": ExitCode.IN_USE,
    "store.exists": ExitCode.WRONG_STORE,
    "store.in_cloud_folder": ExitCode.DISK,
    "store.in_use": ExitCode.IN_USE,
    "store.migration_failed": ExitCode.DAMAGED,
    "store.missing": ExitCode.WRONG_STORE,
    "store.too_new": ExitCode.TOO_NEW,
}
_BY_KIND = {
    "attachment": ExitCode.NOTHING,
    "backup": ExitCode.DISK,
    "carry": ExitCode.DAMAGED,
    "company": ExitCode.NOTHING,
    "conflict": ExitCode.NOTHING,
    "disk": ExitCode.DISK,
    "held_work": ExitCode.NOTHING,
    "import": ExitCode.DAMAGED,
    "input": ExitCode.WRONG_USE,
    "invitation": ExitCode.TEAM,
    "keyring": ExitCode.NO_KEY,
    "keys": ExitCode.NO_KEY,
    "place": ExitCode.PLACE,
    "practice": ExitCode.WRONG_STORE,
    "print": ExitCode.NOTHING,
    "sheet": ExitCode.TEAM,
    "store": ExitCode.DAMAGED,
    "team": ExitCode.TEAM,
}


def exit_code_of(error: AppError) -> ExitCode:
    """The exit code of a case."""
    kind = error.code.partition(".")[0]
    return _BY_CODE.get(error.code) or _BY_KIND.get(kind, ExitCode.DEFECT)


def table() -> str:
    """Every exit code with its words, a line each."""
    return "\n".join(f"  {code.value:<3} {code.words}" for code in ExitCode)
