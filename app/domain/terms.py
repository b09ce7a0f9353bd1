"""The field's fixed terms: one code for the log, one word for screen and paper.

The codes travel in the log and are permanent; the words may be reworded.
"""

from __future__ import annotations

from enum import StrEnum

UNKNOWN_TERM = "新しい版の項目"
"""What is shown of a code that only a newer program knows."""


class Term(StrEnum):
    """A code (`value`) with the word that screen and paper show (`term`).

    A code of a newer program is kept as it is, and is none of the members (design-sync 9).
    """

    term: str

    def __new__(cls, code: str, term: str = "") -> Term:
        """Keep the code as the string's value and the word beside it; a look-up gives the code alone."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.term = term
        return member

    @property
    def place(self) -> int:
        """Its number among the members, from 0; behind the last for a code of a newer program."""
        known = list(type(self))
        return known.index(self) if self in known else len(known)

    @classmethod
    def _missing_(cls, code: object) -> Term | None:
        if not isinstance(code, str) or not code:
            return None
        unknown = str.__new__(cls, code)
        unknown._name_ = unknown._value_ = code
        unknown.term = UNKNOWN_TERM
        return unknown


class Mark(Term):
    """What a note line is (印). A line has at most one; 秘密 is a flag of its own."""

    FACT = "fact", "事実"
    ISSUE = "issue", "課題"
    DECISION = "decision", "決定"
    HOMEWORK = "homework", "宿題"
    DEADLINE = "deadline", "期限"


class Confidentiality(Term):
    """取扱, from closed to open. The order of the members is the order of openness."""

    ASSIGNED = "assigned", "担当者限り"
    TEAM = "team", "チーム限り"
    MEETING = "meeting", "会議まで"
    PUBLIC = "public", "公開可"

    @property
    def openness(self) -> int:
        """0 for 担当者限り, and for what only a newer program knows, up to 3 for 公開可."""
        return self.place % len(Confidentiality)


class TeamRole(Term):
    """What a device of the team may do, from more to less."""

    ADMINISTRATOR = "administrator", "管理者"
    MEMBER = "member", "チーム員"
    VIEWER = "viewer", "閲覧"


class DeviceStatus(Term):
    """Whether a device of the team is in use, suspended by a notice, or gone for good."""

    ACTIVE = "active", "使用中"
    SUSPENDED = "suspended", "停止中"
    REMOVED = "removed", "外れた端末"


class EngagementStatus(Term):
    """Where one company stands within one 年度."""

    CANDIDATE = "candidate", "候補"
    SUPPORTED = "supported", "支援中"
    GRADUATED = "graduated", "卒業"
    STOPPED = "stopped", "中止"


class Stage(Term):
    """段階 of the accompaniment, in order."""

    ORGANISE = "organise", "課題整理"
    PROTECT = "protect", "権利化・秘密化"
    PROTOTYPE = "prototype", "試作・事業化"
    SALES = "sales", "販路・宣伝"


class ActionStatus(Term):
    """状態 of すること."""

    OPEN = "open", "未着手"
    DOING = "doing", "進行"
    REQUESTED = "requested", "依頼済"
    DONE = "done", "済"
    DROPPED = "dropped", "中止"


class Protection(Term):
    """守り方 of a 知財の種."""

    FILE = "file", "出願"
    SECRET = "secret", "秘密"
    PUBLISH = "publish", "公開"
    CONTRACT = "contract", "契約"


class SeedKind(Term):
    """Kind of a 知財の種."""

    TECHNOLOGY = "technology", "技術"
    KNOW_HOW = "know_how", "ノウハウ"
    BRAND = "brand", "ブランド"
    DESIGN = "design", "デザイン"
    DATA = "data", "データ"
    CONTRACT = "contract", "契約"


class SecrecyState(Term):
    """Answer to one of the three requirements of a trade secret (不正競争防止法2条6項)."""

    MET = "met", "あり"
    NOT_MET = "not_met", "なし"
    UNCHECKED = "unchecked", "未点検"


class SessionMethod(Term):
    """How a 面談 was held."""

    VISIT = "visit", "訪問"
    OFFICE = "office", "来所"
    ONLINE = "online", "オンライン"
    PHONE = "phone", "電話"


class ReadBackOutcome(Term):
    """What the client said to something that was read back to them."""

    CONFIRMED = "confirmed", "確認"
    DIFFERS = "differs", "見解の相違"


class PersonSide(Term):
    """On whose side a person stands."""

    SUPPORT = "support", "支援側"
    COMPANY = "company", "企業側"
    EXPERT = "expert", "専門家"


class CompanySize(Term):
    """中小企業基本法2条 size class of a company."""

    SMALL = "small", "小規模企業者"
    MEDIUM = "medium", "中小企業者"
    LARGE = "large", "中小企業者以外"
