"""設定 > 困ったとき: the report for support, read before it is given to anybody, and the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from app.services.support_reports import MOST_LINES, log_text, support_report
from app.services.text_files import write_text
from ui.screens.screen import LineButton
from ui.screens.settings.section import Section
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.theme.theme import theme
from ui.widgets.card import Card
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.file_dialog import FileDialog
from ui.widgets.layouts import column, put, row
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.segmented import Option, Segmented
from ui.widgets.texts import Paragraph

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.program import Program

_REPORT, _LOG = "report", "log"
_KINDS = (Option(_REPORT, "報告"), Option(_LOG, "動いた記録"))
_WHAT = (
    "下の文が報告のすべてです。企業や人の名前、書いた文は入りません。このプログラムは何も送りません。"
    "読んで確かめてから、写すかファイルにして、頼れる人に渡してください。"
)
_NAME = "伴走カルテの報告"


class SupportSection(Section):
    """What is shown is what is copied or saved, letter by letter."""

    def __init__(self, tasks: TaskRunner, services: Services, program: Program) -> None:
        super().__init__(tasks, services)
        self._program = program
        self._kind = Segmented(_KINDS, name="見るもの", small=True)
        self._kind.choose(_REPORT)
        self._kind.chosen.connect(self._load)
        self._text = LongTextField(lines=10, most_lines=2 * MOST_LINES)
        self._text.setReadOnly(True)
        self._text.setAccessibleName("報告の中身")
        card = Card()
        line = row(spacing=12)
        put(line, self._kind, None)
        card.add(line, Paragraph(_WHAT, Role.TABLE, "sub"), self._text)
        page = ScrollPage()
        page.body.addWidget(card)
        page.body.addStretch(1)
        column(self, spacing=0).addWidget(page)

    def enter(self, _item_id: str) -> None:
        """Make the report anew."""
        self._load()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Copy or save what is shown."""
        return {"copy_report": self._copy, "save_report": self._ask}

    def buttons(self) -> tuple[LineButton, ...]:
        """Both ways to hand it over."""
        return (
            LineButton("copy_report", "写す", "copy"),
            LineButton("save_report", "ファイルに保存…", "save", primary=True),
        )

    def _load(self, _kind: str = "") -> None:
        work = partial(_read, self._kind.value(), self._facts())
        self.tasks.run(work, self._text.show_text, self.refuse, side=True)

    def _facts(self) -> Mapping[str, str]:
        """What the window can say of itself."""
        size = self._program.window.size()
        look = f"{size.width()}x{size.height()} {theme().name} 文字 {theme().metrics.step.word}"
        return {"画面": f"{look} {QGuiApplication.platformName()}"}

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.text())
        self.told.emit("見えている文を写しました", None)

    def _ask(self) -> None:
        dialog = FileDialog(self, "報告を保存", str(Path.home()), "文字 (*.txt)")
        dialog.save_as(_NAME, "txt")
        dialog.fileSelected.connect(self.save_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Write what is shown."""
        self.tasks.run(partial(_write, Path(path), self._text.text()), self._saved, self.refuse, side=True)

    def _saved(self, _nothing: None) -> None:
        self.told.emit("保存しました。送るのは、中身を見てからで大丈夫です", None)


def _read(kind: str, facts: Mapping[str, str], _ticket: Ticket) -> str:
    return log_text() if kind == _LOG else support_report(facts)


def _write(path: Path, text: str, _ticket: Ticket) -> None:
    write_text(path, text)
