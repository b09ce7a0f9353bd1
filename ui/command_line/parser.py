"""What can be written after `banso`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

from app.domain.terms import Confidentiality, Mark, TeamRole, Term
from app.rows.carrying import CarryWay
from app.rows.printing import DocumentKind
from app.rows.search import SearchKind
from ui.command_line.exit_codes import ExitCode, table

if TYPE_CHECKING:
    # argparse has no public names for what it returns.
    _Commands = argparse._SubParsersAction["JapaneseParser"]  # noqa: SLF001
    _Group = argparse._ArgumentGroup  # noqa: SLF001

_IN_JAPANESE = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"the following arguments are required: (.+)", r"\1 を書いてください。"),
        (r"one of the arguments (.+) is required", r"\1 のどれかを書いてください。"),
        (r"argument (.+?): not allowed with argument (.+)", r"\1 と \2 は一緒に使えません。"),
        (r"argument (.+?): expected one argument", r"\1 の後に値を書いてください。"),
        (r"argument (.+?): invalid choice: (.+?) \(.+", r"\1 に \2 は使えません。"),
        (r"argument (.+?): invalid \S+ value: (.+)", r"\1 に \2 は使えません。"),
        (r"unrecognized arguments: (.+)", r"\1 は分かりません。"),
        (r"argument (.+?): (.+)", r"\1: \2"),
    )
)
_Term = TypeVar("_Term", bound=Term)
_DATES = "日付は 2025/6/12、20250612、R7.6.12、令和7年6月12日、6/12 のどれでも書けます。"


class JapaneseParser(argparse.ArgumentParser):
    """A parser that speaks Japanese."""

    def __init__(self, **settings: object) -> None:
        super().__init__(formatter_class=_JapaneseFormatter, add_help=False, allow_abbrev=False, **settings)  # type: ignore[arg-type]
        self.add_argument_group("説明").add_argument("-h", "--help", action="help", help="この説明を出す")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and leave with exit code 2."""
        said = next(
            (found.expand(words) for pattern, words in _IN_JAPANESE if (found := pattern.fullmatch(message))),
            message,
        )
        self.exit(ExitCode.WRONG_USE, f"{self.format_usage()}{said}\n")


class _JapaneseFormatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "使い方: " if prefix is None else prefix)


def program_version() -> str:
    """The version of this program."""
    return files("resources").joinpath("version.txt").read_text(encoding="utf-8").strip()


def make_parser() -> argparse.ArgumentParser:
    """Everything that `banso` understands."""
    parser = JapaneseParser(
        prog="banso",
        description="伴走カルテ: 命令を書かなければ窓を開きます。",
        epilog=f"終了コード:\n{table()}\n\n命令ごとの説明: banso 命令 --help",
    )
    more = parser.add_argument_group("引数")
    more.add_argument("--version", action="version", version=f"Banso {program_version()}", help="版を出す")
    _add_store(more, default=None)
    commands = parser.add_subparsers(title="命令", metavar="命令", dest="command")
    _add_demo(commands)
    _add_print(commands)
    _add_search(commands)
    _add_care(commands)
    _add_bundles(commands)
    _add_team(commands)
    _add_sync(commands)
    _add_carry(commands)
    _add_conflicts(commands)
    return parser


def _command(commands: _Commands, name: str, words: str, epilog: str = "") -> _Group:
    parser = commands.add_parser(name, help=words, description=words, epilog=epilog)
    return parser.add_argument_group("引数")


def _add_store(
    group: _Group,
    words: str = "記録のフォルダ（書かなければ自分の記録）",
    default: object = argparse.SUPPRESS,
) -> None:
    """Before the command or after it: a command that is given none leaves the one before it in place."""
    group.add_argument("--store", type=Path, metavar="DIR", default=default, help=words)


def _add_common(group: _Group) -> None:
    group.add_argument("--json", action="store_true", help="結果を JSON で出す")


def _add_key(group: _Group) -> None:
    group.add_argument(
        "--passphrase-stdin",
        action="store_true",
        help="合言葉を標準入力の1行目から読む（書かなければ、この端末に預けた鍵で開く）",
    )


def _add_demo(commands: _Commands) -> None:
    group = _command(commands, "demo", "練習用の記録で窓を開く。なければ作る")
    _add_store(group, "練習用の記録を置くフォルダ（書かなければ決まった所）")
    group.add_argument("--no-window", action="store_true", help="作るだけで、窓は開かない")
    group.add_argument(
        "--two", action="store_true", help="二人分を作り、フォルダで共有する二つの窓を開く（教える人向け）"
    )
    _add_common(group)


def _add_print(commands: _Commands) -> None:
    kinds = "、".join(f"{kind.value}: {kind.term}" for kind in DocumentKind)
    group = _command(commands, "print", "帳票を PDF にする", f"帳票は {kinds}。\n{_DATES}")
    group.add_argument("kind", choices=[kind.value for kind in DocumentKind], metavar="帳票", help=kinds)
    which = group.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--company",
        action="append",
        default=[],
        metavar="NAME",
        help="企業の名前、読み、法人番号。何度でも書ける",
    )
    which.add_argument("--all", action="store_true", help="すべての企業")
    _add_period(group, "この日までの面談（支援計画書では、この日の年度）")
    group.add_argument(
        "--level",
        type=_level,
        default=Confidentiality.ASSIGNED,
        metavar="LEVEL",
        help=f"どこまで開いた内容を載せるか: {_terms(Confidentiality)}",
    )
    group.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="PATH",
        help="末尾が .pdf なら一つのファイル、ほかは企業ごとのファイルを入れるフォルダ",
    )
    _add_store(group)
    _add_key(group)
    _add_common(group)


def _add_search(commands: _Commands) -> None:
    group = _command(
        commands,
        "search",
        "面談の行、課題、知財の種、すること、名前を言葉でさがす。新しいものから出す",
        f"言葉をいくつか書くと、すべてを含むものをさがします。秘密の行はさがしません。\n{_DATES}",
    )
    group.add_argument(
        "text", nargs="+", metavar="TEXT", help="さがす言葉（かな、全角半角、旧字は区別しない）"
    )
    group.add_argument("--company", metavar="NAME", help="この企業だけ（名前、読み、法人番号）")
    group.add_argument("--kind", type=_kind, metavar="KIND", help=f"種類: {_terms(SearchKind)}")
    group.add_argument("--mark", type=_mark, metavar="MARK", help=f"印: {_terms(Mark)}")
    _add_period(group, "この日までの面談")
    group.add_argument(
        "--limit", type=_limit, default=50, metavar="N", help="多くてもこの件数まで（書かなければ 50）"
    )
    _add_store(group)
    _add_key(group)
    _add_common(group)


def _add_period(group: _Group, until_words: str) -> None:
    group.add_argument("--from", dest="since", metavar="DATE", help="この日からの面談")
    group.add_argument("--to", dest="until", metavar="DATE", help=until_words)


def _add_care(commands: _Commands) -> None:
    for name, words in (
        ("check", "記録、変更の履歴、控えに壊れた所がないか調べる"),
        ("backup", "控えを取る"),
    ):
        group = _command(commands, name, words)
        _add_store(group)
        _add_key(group)
        _add_common(group)
    group = _command(
        commands,
        "restore",
        "控えから戻す。今の記録は別の名前で残る",
        "控えの全体でなく一件だけ戻すには、--list-items で違いを見て、KEY を --item に書きます。\n"
        "一件だけ戻すときは、今の記録に変更として書き足します。履歴に残り、元に戻せます。",
    )
    group.add_argument(
        "--from",
        dest="backup",
        required=True,
        metavar="FILE|newest",
        help="控えのファイルか、newest（いちばん新しい控え）",
    )
    parts = group.add_mutually_exclusive_group()
    parts.add_argument(
        "--list-items", action="store_true", help="控えにあって、今の記録にないもの、違うものを並べる"
    )
    parts.add_argument(
        "--item",
        action="append",
        default=[],
        metavar="KEY|all",
        help="この一件を今の記録に戻す。何度でも書ける。all は違うものすべて",
    )
    group.add_argument("--yes", action="store_true", help="確かめずに戻す")
    _add_store(group)
    _add_key(group)
    _add_common(group)


def _add_bundles(commands: _Commands) -> None:
    group = _command(commands, "export", "記録をすべて、暗号化しない一つのファイルに書き出す")
    group.add_argument("--out", type=Path, required=True, metavar="FILE", help="まだないファイルの名前")
    group.add_argument("--include-secret", action="store_true", help="秘密の行も入れる")
    _add_store(group)
    _add_key(group)
    _add_common(group)
    group = _command(
        commands,
        "import",
        "書き出したファイルを空の記録に取り込む",
        "記録がないフォルダには、--passphrase-stdin の合言葉で新しい記録を作ります。",
    )
    group.add_argument("bundle", type=Path, metavar="FILE", help="banso export が書き出したファイル")
    _add_store(group)
    _add_key(group)
    _add_common(group)


_PLACE = "フォルダ、または https:// s3:// azure:// で始まる場所"


def _add_team(commands: _Commands) -> None:
    words = "チームを作る、招待する、加わる、承認する、見る企業と役割を決める、端末を止める、一覧を出す"
    acts = commands.add_parser("team", help=words, description=words).add_subparsers(
        title="すること", metavar="すること", dest="act", required=True
    )
    _add_coming(acts)
    _add_rights(acts)
    _add_going(acts)
    _act(acts, "list", "人と端末、加わりたい端末を並べる")
    _act(acts, "deposits", "預かり（担当でなくなった人の未送信、止めた後に届いたもの）を並べる")
    _add_parcels(_act(acts, "accept", "預かりを記録に受け入れる"))
    _add_parcels(_act(acts, "decline", "預かりを見送る（捨てない）"))


def _add_coming(acts: _Commands) -> None:
    group = _act(acts, "create", "空の置き場にチームを作る。復旧シートの24語を出す")
    group.add_argument("--place", required=True, metavar="ADDRESS", help=f"置き場: {_PLACE}")
    _add_member_name(group)
    group = _act(acts, "invite", "招待を作る（7日間、1台に1回）")
    group.add_argument(
        "--out", type=Path, metavar="FILE", help="招待を書くファイル（書かなければ画面に出す）"
    )
    group = _act(acts, "join", "招待で加わる。20桁を出す")
    group.add_argument("invitation", type=Path, metavar="FILE", help="招待のファイル")
    group.add_argument("--place", metavar="ADDRESS", help=f"招待と違うときの置き場: {_PLACE}")
    _add_member_name(group)
    group = _act(acts, "approve", "20桁を声で確かめた端末を加える")
    group.add_argument("digits", metavar="20桁", help="加わる端末に出ている20桁")
    group.add_argument(
        "--role", type=_role, default=TeamRole.MEMBER, metavar="ROLE", help=f"役割: {_terms(TeamRole)}"
    )
    group.add_argument(
        "--company",
        action="append",
        default=[],
        metavar="NAME",
        help="見せる企業の名前、読み、法人番号。何度でも書ける",
    )
    group.add_argument("--all", action="store_true", help="すべての企業を見せる")
    group.add_argument("--person-of", default="", metavar="端末", help="この端末の人の、もう1台として加える")


def _add_rights(acts: _Commands) -> None:
    for name, words in (
        ("give", "企業を見る権利を、端末の人に渡す。これまでの記録もすべて見える"),
        ("withdraw", "企業を見る権利を、端末の人からはずす。届いていた内容は残る"),
    ):
        group = _act(acts, name, words)
        _add_device(group)
        group.add_argument("--company", required=True, metavar="NAME", help="企業の名前、読み、法人番号")
    group = _act(acts, "role", "端末の役割を変える")
    _add_device(group)
    group.add_argument("role", type=_role, metavar="ROLE", help=f"役割: {_terms(TeamRole)}")
    group = _act(
        acts,
        "require",
        "送れるプログラムの版を決める。古い端末は受け取るだけになる。管理者だけができる",
        "VERSION を書かなければ、いまの決まりと端末の版を並べます。一度決めた版は、下げられません。",
    )
    group.add_argument("version", nargs="?", default="", metavar="VERSION", help="この版から送れる")


def _add_going(acts: _Commands) -> None:
    for name, words in (
        ("stop", "なくした端末をすぐに止める。だれでもできる"),
        ("remove", "端末をチームから外す。止めたことの確認にもなる。管理者だけができる"),
    ):
        group = _act(acts, name, words)
        _add_device(group)
        group.add_argument("--reason", default="", metavar="TEXT", help="理由。チームの全員に見える")
        group.add_argument("--yes", action="store_true", help="確かめずに行う")
    group = _act(acts, "lift", "止めた端末を使えるように戻す。管理者だけができる")
    _add_device(group)
    group = _act(acts, "leave", "この端末でのチームへの参加を終える")
    group.add_argument("--yes", action="store_true", help="確かめずに行う")
    group = _act(acts, "move", "置き場を替える。新しい置き場はこの端末から埋める")
    group.add_argument("--place", required=True, metavar="ADDRESS", help=f"新しい置き場: {_PLACE}")
    group = _act(
        acts,
        "recover",
        "復旧シートの24語で、この端末を管理者にする",
        "24語は標準入力から読みます。--passphrase-stdin があれば、2行目からです。",
    )
    group.add_argument("--place", metavar="ADDRESS", help=f"置き場: {_PLACE}")
    group.add_argument("--replace", action="store_true", help="いままでの管理者の端末をすべて外す")
    _add_member_name(group)


def _add_device(group: _Group) -> None:
    group.add_argument("device", metavar="端末", help="一覧にある名前か、番号の初め")


def _add_parcels(group: _Group) -> None:
    group.add_argument("parcel", nargs="+", metavar="番号", help="預かりの一覧にある番号か、その初め")


def _act(acts: _Commands, name: str, words: str, epilog: str = "") -> _Group:
    group = _command(acts, name, words, epilog)
    _add_store(group)
    _add_key(group)
    _add_common(group)
    return group


def _add_member_name(group: _Group) -> None:
    group.add_argument("--name", required=True, metavar="NAME", help="チームの一覧に出る名前")


def _add_sync(commands: _Commands) -> None:
    group = _command(commands, "sync", "置き場と一度やりとりする")
    group.add_argument("--place", metavar="ADDRESS", help=f"いつもと違う置き場: {_PLACE}")
    group.add_argument("--look-through", action="store_true", help="置き場をすみずみまで見て、欠けを直す")
    group.add_argument("--refill", action="store_true", help="空になった置き場を、この端末から埋める")
    _add_store(group)
    _add_key(group)
    _add_common(group)


def _add_conflicts(commands: _Commands) -> None:
    epilog = "鍵（種類:番号:項目）は一覧の行の初めにあります。--decide 鍵 --take 1 のように書きます。"
    group = _command(commands, "conflicts", "確認が必要な変更の一覧を出す、一つを決める", epilog)
    group.add_argument("--decide", metavar="KEY", help="決めるもの。一覧の行の初めにある鍵")
    group.add_argument("--take", metavar="N", help="一覧の番号、または both（両方残す）")
    group.add_argument("--reason", default="", metavar="TEXT", help="決めた理由。履歴に残る")
    _add_store(group)
    _add_key(group)
    _add_common(group)


def _add_carry(commands: _Commands) -> None:
    words = "チームの記録を、暗号化したファイルで持ち出す、読み込む"
    acts = commands.add_parser("carry", help=words, description=words).add_subparsers(
        title="すること", metavar="すること", dest="act", required=True
    )
    group = _act(acts, "out", "持ち出す。USBメモリーで手渡すか、メールに付けて送る")
    group.add_argument("--out", type=Path, required=True, metavar="DIR", help="ファイルを置くフォルダ")
    group.add_argument("--to", required=True, metavar="NAME", help="渡す先。持出し記録に載る")
    group.add_argument(
        "--way", type=_way, default=CarryWay.STICK, metavar="WAY", help=f"渡し方: {_terms(CarryWay)}"
    )
    group.add_argument(
        "--part-mb",
        type=_limit,
        metavar="N",
        help="一つのファイルを多くても N MB にする（メールでは、書かなければ 7。10 MB のメールに収まる）",
    )
    which = group.add_mutually_exclusive_group()
    which.add_argument(
        "--lacking", metavar="端末", help="この端末にないものだけ（一覧にある名前か、番号の初め）"
    )
    which.add_argument("--since-last", action="store_true", help="同じ相手に前に持ち出した後のものだけ")
    group.add_argument("--with-files", action="store_true", help="この端末にある資料のファイルも入れる")
    group.add_argument("--paper", type=Path, metavar="FILE", help="持出し記録を PDF にする")
    group = _act(acts, "in", "受け取ったファイルを読み込む。分かれていれば、同じフォルダのものも読む")
    group.add_argument("files", type=Path, nargs="+", metavar="FILE", help="ファイルか、入っているフォルダ")


def _terms(terms: type[Term]) -> str:
    return " ".join(term.term for term in terms)


def _term(terms: type[_Term], words: str) -> _Term:
    for term in terms:
        if words in {term.term, term.value}:
            return term
    raise argparse.ArgumentTypeError(f"{_terms(terms)} のどれかを書いてください。")


_level = partial(_term, Confidentiality)
_kind = partial(_term, SearchKind)
_mark = partial(_term, Mark)
_role = partial(_term, TeamRole)
_way = partial(_term, CarryWay)


def _limit(words: str) -> int:
    if not (words.isdecimal() and int(words) > 0):
        raise argparse.ArgumentTypeError("1 以上の数を書いてください。")
    return int(words)
