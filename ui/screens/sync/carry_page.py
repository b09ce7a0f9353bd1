"""持出しと読込み: what the team shares goes out as encrypted files, and comes in from them (6.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.sizes import size_words
from app.errors import AppError
from app.rows.carrying import (
    CarriedIn,
    CarriedOut,
    CarryOutlook,
    CarryRecord,
    CarryRequest,
    CarryScope,
    CarryWay,
)
from app.rows.printing import PrintedFile
from ui.models.row_list_model import ListRow
from ui.printing.paper_panel import offer_to_print
from ui.tasks import TaskRunner, Ticket
from ui.theme.fonts import Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.check_field import CheckField
from ui.widgets.fields.choice_field import ChoiceField
from ui.widgets.fields.number_field import NumberField
from ui.widgets.fields.text_field import TextField
from ui.widgets.file_dialog import FileDialog
from ui.widgets.layouts import put, row
from ui.widgets.row_list import RowList
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.segmented import Option, Segmented
from ui.widgets.texts import Paragraph, Text
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services

MB = 1_000_000
MAIL_MB = 7
_WHAT = (
    "置き場を使えないときに、USBメモリーやメールで渡せます。"
    "ファイルを開けられるのは、このチームの端末だけです。"
)
_MAIL = "10 MB までのメールには 7 MB。メールにすると4割ほど大きくなります。空なら分けません。"
_READ = (
    "受け取ったファイルを選びます。分かれていれば、一つを選ぶと同じフォルダの残りも読みます。"
    "順番はどうでもかまいません。"
)


class CarryPage(ScrollPage):
    """Three blocks: out, in, and what went out before. Everything runs beside the window."""

    told = Signal(str, object)
    warned = Signal(object, str)

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._tasks = tasks
        self._services = services
        self._scopes: list[CarryScope] = []
        self._records: Sequence[CarryRecord] = ()
        self._outlook_asked: Ticket | None = None
        self._receiver = TextField(limit=60)
        self._way = Segmented([Option(str(way), way.term) for way in CarryWay], name="渡し方")
        self._scope = ChoiceField()
        self._files = CheckField("この端末にある資料のファイルも入れる")
        self._most = NumberField(unit="MB")
        self._outlook = Text("", Role.TABLE, "sub", elide=True)
        self._out = Button("フォルダを選んで持ち出す…", icon="download")
        self._in = Button("ファイルを選んで読み込む…", icon="document")
        self._taken = Paragraph("", Role.TABLE)
        self._before = RowList(name="これまでの持出し", indent=8, fits=True)
        self._before_card = Card("これまでの持出し")
        self._form = FieldForm(labels="left")
        self._arrange()
        self._connect()
        self.setFocusProxy(self._receiver)

    def load(self) -> None:
        """Read the team and what went out before."""
        self._tasks.run(partial(_read, self._services), self._show, self._refused)

    # what is shown

    def _show(self, found: tuple[Sequence[CarryScope], Sequence[CarryRecord]]) -> None:
        scopes, self._records = found
        self._scopes = list(scopes)
        chosen = self._scope.value()
        self._scope.set_options([Option(str(number), each.words) for number, each in enumerate(self._scopes)])
        self._scope.show_value(chosen or "0")
        self._before_card.setVisible(bool(self._records))
        self._before.show_entries([_record_row(number, each) for number, each in enumerate(self._records)])
        self._ask_outlook()

    def _ask_outlook(self) -> None:
        if self._outlook_asked is not None:
            self._outlook_asked.cancel()
        scope = self._chosen_scope()
        if scope is not None:
            self._outlook.setText("数えています")
            work = partial(_look_out, self._services, scope)
            self._outlook_asked = self._tasks.run(work, self._show_outlook, self._refused, side=True)

    def _show_outlook(self, found: CarryOutlook) -> None:
        files = f"、資料 {found.attachments:,}個" if found.attachments else ""
        words = f"変更 {found.changes:,}件、{found.companies:,}社{files}、{size_words(found.size)}"
        self._outlook.setText(words if found.changes else "相手にない記録はありません")
        self._out.setEnabled(bool(found.changes))

    def _chosen_scope(self) -> CarryScope | None:
        value = self._scope.value()
        if not value:
            return None
        return replace(self._scopes[int(value)], with_files=self._files.isChecked())

    # going out

    def _ask_where(self) -> None:
        self._receiver.flush()
        self._form.set_problem(self._receiver, "" if self._receiver.text() else "渡す先を書いてください")
        if not self._receiver.text():
            self._receiver.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._most.flush()
        if self._most.property("problem"):  # not one whole file where parts were asked for
            self._most.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        dialog = FileDialog(self, "持出しファイルを置く所", str(Path.home()))
        dialog.choose_folder()
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.carry_out)
        dialog.open()

    def carry_out(self, folder: str) -> None:
        """Write the files into this folder."""
        scope = self._chosen_scope()
        if scope is None:
            return
        number = self._most.number()
        part_bytes = number * MB if number else None
        request = CarryRequest(self._receiver.text(), CarryWay(self._way.value()), scope, part_bytes)
        self._wait("書き出しています")
        work = partial(_carry_out, self._services, request, Path(folder))
        self._tasks.run(work, self._carried_out, self._refused, side=True)

    def _carried_out(self, done: CarriedOut) -> None:
        count = f"{len(done.paths)}個のファイル、{size_words(done.record.size)}"
        self.told.emit(f"持ち出しました: {count}", None)
        self.load()
        self._print(done.record)

    # coming in

    def _ask_for_files(self) -> None:
        dialog = FileDialog(self, "読み込むファイル", str(Path.home()))
        dialog.choose_files("読み込む")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.carry_in)
        dialog.open()

    def carry_in(self, names: Sequence[str]) -> None:
        """Read these files in."""
        self._taken.set_text("読み込んでいます")
        self._in.setEnabled(False)
        work = partial(_carry_in, self._services, [Path(name) for name in names])
        self._tasks.run(work, self._carried_in, self._not_read, side=True)

    def _carried_in(self, taken: CarriedIn) -> None:
        self._in.setEnabled(True)
        self._taken.set_text("\n".join(taken_lines(taken)))
        self.load()

    def _not_read(self, error: Exception) -> None:
        self._in.setEnabled(True)
        self._taken.set_text("")
        self._refused(error)

    # what went out before

    def _open_record(self, key: str) -> None:
        self._print(self._records[int(key)])

    def _print(self, record: CarryRecord) -> None:
        offer_to_print(self, self._tasks, "持出し記録を印刷", partial(_paper, self._services, record))

    # what these are made of

    def _wait(self, words: str) -> None:
        self._out.setEnabled(False)
        self._outlook.setText(words)

    def _refused(self, error: Exception) -> None:
        self._out.setEnabled(True)
        self._outlook.setText("")
        if not isinstance(error, AppError):
            self._tasks.failed_unheard.emit(error)
            return
        self.warned.emit(error_message(error), "warn")

    def _way_chosen(self, value: str) -> None:
        if value == CarryWay.MAIL and self._most.number() is None:
            self._most.show_number(MAIL_MB)

    def _scope_changed(self, _choice: object = None) -> None:
        self._ask_outlook()

    def _arrange(self) -> None:
        form = self._form
        form.add("渡す先", self._receiver, required=True, hint="持出し記録に載ります。")
        form.add("渡し方", self._way)
        form.add("範囲", self._scope)
        form.add("一つの大きさ", self._most, hint=_MAIL)
        form.add("資料", self._files)
        line = row(spacing=12)
        line.addWidget(self._outlook, 1)
        put(line, self._out)
        out = Card("持ち出す")
        out.add(Paragraph(_WHAT, Role.TABLE, "sub"), form, line)
        reading = row(spacing=12)
        put(reading, self._in, None)
        taking = Card("読み込む")
        taking.add(Paragraph(_READ, Role.TABLE, "sub"), reading, self._taken)
        self._before_card.add(self._before)
        self._before_card.hide()
        put(self.body, out, taking, self._before_card, None)

    def _connect(self) -> None:
        self._out.clicked.connect(self._ask_where)
        self._in.clicked.connect(self._ask_for_files)
        self._way.chosen.connect(self._way_chosen)
        self._scope.chosen.connect(self._scope_changed)
        self._files.clicked.connect(self._scope_changed)
        self._before.opened.connect(self._open_record)


def taken_lines(taken: CarriedIn) -> list[str]:
    """What came in, a line each."""
    sender = f"{taken.sender}さんの端末から" if taken.sender else "送り主を確かめられない端末から"
    told = (
        (taken.attachments, f"資料 {taken.attachments:,}個を受け取りました。"),
        (taken.is_waiting_for_approval, "この端末は、まだチームの承認を待っています。"),
        (taken.no_key, f"見る権限のない企業のもの {taken.no_key:,}個は、中が見えません。"),
        (taken.damaged, f"読めなかったものが {taken.damaged:,}個あります。もう一度もらってください。"),
        (taken.needs_newer, "新しい版のプログラムが書いたものがあります。"),
    )
    lines = [f"{sender}、新しい変更 {taken.changes:,}件を読み込みました。"]
    lines += [line for is_told, line in told if is_told]
    late = ((name or "ほかの端末", count) for name, count in taken.missing)
    return lines + [f"{name}のものが、あと {count:,}個届いていません。" for name, count in late]


def _record_row(number: int, record: CarryRecord) -> ListRow:
    count = f"{len(record.files):,}個" if len(record.files) > 1 else ""
    return ListRow(
        str(number),
        record.receiver,
        quiet="  ".join(part for part in (record.way.term, record.scope) if part),
        lead="",
        icon="document",
        detail=f"{record.carried_at:%Y/%m/%d %H:%M}  変更 {record.changes:,}件  {record.digest[:8]}",
        right="  ".join(part for part in (count, size_words(record.size)) if part),
    )


def _read(services: Services, _ticket: Ticket) -> tuple[Sequence[CarryScope], Sequence[CarryRecord]]:
    return services.carrying.scopes(), services.carrying.records()


def _look_out(services: Services, scope: CarryScope, _ticket: Ticket) -> CarryOutlook:
    return services.carrying.outlook(scope)


def _carry_out(services: Services, request: CarryRequest, folder: Path, _ticket: Ticket) -> CarriedOut:
    return services.carrying.carry_out(request, folder)


def _carry_in(services: Services, paths: Sequence[Path], _ticket: Ticket) -> CarriedIn:
    return services.carrying.carry_in(paths)


def _paper(services: Services, record: CarryRecord, _ticket: Ticket) -> PrintedFile:
    from app.services.carry_paper import carry_paper

    return carry_paper(record, services.place, is_practice=services.is_practice)
