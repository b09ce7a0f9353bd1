"""S13, first page: what the person chooses before anything is made."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QWidget

from app.services.store_door import FirstEntries
from ui.theme.fonts import Role
from ui.theme.metrics import TextStep
from ui.theme.theme import theme
from ui.widgets.card import Card
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.check_field import CheckField
from ui.widgets.fields.text_field import TextField
from ui.widgets.layouts import column, put, row
from ui.widgets.segmented import Option, Segmented
from ui.widgets.texts import Paragraph, Text

_STEPS = tuple(Option(str(int(step)), step.word) for step in TextStep)
_NEW, _INVITED, _PRACTICE_USE = "new", "invited", "practice"
_USES = (
    Option(_NEW, "新しいチームを作る"),
    Option(_INVITED, "招待を受けた"),
    Option(_PRACTICE_USE, "練習用データで試す"),
)
_PLACES = (Option("", "まだ使わない"), Option("create", "始めたらすぐ決める"))
"""What follows is a tab of チーム; sharing may begin on any later day."""
_TO_JOIN = "join"
_WHY = (
    "記録はこの合言葉で暗号化されます。忘れたときのために、次の画面で24語の控えを作ります。"
    "合言葉も24語も、この端末の外には出ません。"
)
_PRACTICE = (
    "作りものの地域と8つの企業で、面談の記録から分析・計画・印刷まで試せます。"
    "本番の記録とは別の場所に置き、いつでも捨てられます。\n"
    "本番を始めるときは、練習の「設定 > 練習用データ」から「本番を開く」を選びます。"
)
_YEARS = (Option("1", "1年目"), Option("2", "2年目"), Option("3", "3年目"))


class ChoicesPage(QWidget):
    """Type size, use, team and person, passphrase."""

    text_step_chosen = Signal(int)
    use_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_looks()
        self._build_team()
        self._build_passphrase()
        self._build_practice()
        self.setFocusProxy(self._region)
        self._across = row(spacing=16)
        self._across.addWidget(self._team_card, 1)
        self._across.addWidget(self._passphrase_card, 1)
        whole = column(self, spacing=16)
        whole.addWidget(self._looks)
        whole.addLayout(self._across)
        whole.addWidget(self._practice_card)
        whole.addStretch(1)

    def arrange(self, *, is_narrow: bool) -> None:
        """One block below the other where two do not stand side by side."""
        stacked, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        for layout in (self._across, self._ways):
            layout.setDirection(stacked if is_narrow else beside)

    @property
    def wants_practice(self) -> bool:
        """Whether the practice region is to be opened."""
        return self._use.value() == _PRACTICE_USE

    @property
    def next_tab(self) -> str:
        """The page of チーム that follows the first run; "" for none."""
        return _TO_JOIN if self._is_invited else self._sharing.value()

    @property
    def _is_invited(self) -> bool:
        return self._use.value() == _INVITED

    def passphrases(self) -> tuple[str, str]:
        """What was typed twice."""
        return self._passphrase.text(), self._repeated.text()

    def entries(self) -> FirstEntries:
        """Team and person."""
        for field in (self._region, self._name, self._body, self._role):
            field.flush()
        return FirstEntries(
            region=self._region.text(),
            year_number=int(self._year.value()),
            person_name=self._name.text(),
            person_body=self._body.text(),
            person_role=self._role.text(),
        )

    def point_out_missing(self) -> bool:
        """Say below each empty field that it is needed; whether any is."""
        needed = (self._name,) if self._is_invited else (self._region, self._name)
        missing = [field for field in needed if not field.text().strip()]
        for field in (self._region, self._name):
            field.set_problem("入れてください" if field in missing else "")
        if missing:
            missing[0].setFocus()
        return bool(missing)

    def ask_passphrases_again(self) -> None:
        """Ask anew; what was typed first may be all right but for a few characters."""
        self._repeated.clear()
        self._passphrase.selectAll()
        self._passphrase.setFocus()

    def forget_passphrases(self) -> None:
        """Empty both fields."""
        self._passphrase.clear()
        self._repeated.clear()

    # building

    def _build_looks(self) -> None:
        self._step = Segmented(_STEPS, name="文字の大きさ")
        self._step.chosen.connect(self._step_chosen)
        self._use = Segmented(_USES, name="使いかた")
        self._use.chosen.connect(self._use_changed)
        self._looks, self._places = Card(spacing=12), QWidget()
        self._step.choose(str(int(theme().metrics.step)))
        self._sharing = Segmented(_PLACES, name="共有の置き場")
        places = row(self._places, spacing=12)
        put(places, Text("共有の置き場", Role.BODY_BOLD), self._sharing, None)
        sizes, uses = row(spacing=12), row(spacing=12)
        put(sizes, Text("1  文字の大きさ", Role.BODY_BOLD), self._step, None)
        put(uses, Text("2  使いかた", Role.BODY_BOLD), self._use, None)
        self._ways = row(spacing=28)
        self._ways.addLayout(sizes)
        self._ways.addLayout(uses, 1)
        sample = "見本: 知財を強みに、稼ぐ力を。この大きさで全部の画面が出ます。"
        self._looks.add(self._ways, self._places, Text(sample, Role.BODY, "sub", elide=True))

    def _build_team(self) -> None:
        self._region = TextField(limit=40, placeholder="例: 北国県")
        self._name = TextField(limit=40, placeholder="例: 鈴木 花子")
        self._body = TextField(limit=60, placeholder="例: 北国県産業振興財団")
        self._role = TextField(limit=40, placeholder="例: 補佐")
        self._year = Segmented(_YEARS, name="この年度は支援の何年目か")
        self._team_card = Card("3  チームとあなた", spacing=4)
        self._region_line = QWidget()
        self._region_line.setLayout(
            _beside(_field("地域の名前", self._region, required=True), _field("この年度は支援の", self._year))
        )
        self._team_card.add(
            self._region_line,
            _beside(_field("あなたの名前", self._name, required=True), _field("役割", self._role)),
            _field("所属", self._body),
            None,
        )

    def _build_passphrase(self) -> None:
        self._passphrase, self._repeated = QLineEdit(), QLineEdit()
        self._reveal = CheckField("文字を見せる (変換して入力するときも)")
        self._reveal.toggled.connect(self._reveal_toggled)
        self._reveal_toggled(False)
        first = FieldForm()
        first.add("合言葉", self._passphrase, hint="12文字以上。覚えやすい文でかまいません。", required=True)
        first.add("合言葉をもう一度", self._repeated, required=True)
        self._passphrase_card = Card("4  合言葉", spacing=4)
        self._passphrase_card.add(first, self._reveal, 8, Paragraph(_WHY, Role.TABLE, "sub"), None)

    def _build_practice(self) -> None:
        self._practice_card = Card("練習用データ", spacing=8)
        self._practice_card.add(Paragraph(_PRACTICE))
        self._practice_card.hide()

    def _step_chosen(self, value: str) -> None:
        self.text_step_chosen.emit(int(value))

    def _use_changed(self, value: str) -> None:
        for card in (self._team_card, self._passphrase_card):
            card.setVisible(value != _PRACTICE_USE)
        self._practice_card.setVisible(value == _PRACTICE_USE)
        for each in (self._places, self._region_line):
            each.setVisible(value == _NEW)
        self.use_chosen.emit(value)

    def _reveal_toggled(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        for field in (self._passphrase, self._repeated):
            field.setEchoMode(mode)


def _field(label: str, field: QWidget, *, required: bool = False) -> FieldForm:
    form = FieldForm()
    form.add(label, field, required=required)
    return form


def _beside(*forms: QWidget) -> QHBoxLayout:
    line = row(spacing=12)
    for form in forms:
        line.addWidget(form, 1)
    return line
