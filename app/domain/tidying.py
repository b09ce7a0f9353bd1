"""What fields do when they are left: full-width input is taken as it comes and written in one way.

Nothing typed is lost: where a text cannot be read, it stays as it is and a problem says why.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from app.domain.corporate_number import DIGITS, is_corporate_number
from app.domain.terms import Term
from app.domain.widths import half_width

LARGEST_NUMBER = 10**15


class TidyProblem(Term):
    """Why a field could not be tidied, with the line shown under it."""

    PHONE = "phone", "電話番号の形ではないようです。市外局番から書いてください。"
    POSTAL_CODE = "postal_code", "郵便番号は7桁です。"
    CORPORATE_NUMBER_LENGTH = "corporate_number.length", "法人番号は13桁です。"
    CORPORATE_NUMBER_CHECK = (
        "corporate_number.check",
        "法人番号の先頭の数字が合いません。打ち間違いがないか確かめてください。",
    )
    NUMBER = "number", "数として読めません。"
    BELOW_THOUSAND_YEN = "below_thousand_yen", "千円未満の端数があります。千円単位で書いてください。"
    EMAIL = "email", "メールアドレスの形ではないようです。"
    KANA = "kana", "カタカナで書いてください。"


@dataclass(frozen=True, slots=True)
class Tidied:
    """A field's text after it was left; as typed, but for outer spaces, where there is a problem."""

    text: str
    problem: TidyProblem | None = None


@dataclass(frozen=True, slots=True)
class TidiedNumber:
    """A number field after it was left: what it shows, and the number; None if empty or unreadable."""

    text: str
    number: int | None = None
    problem: TidyProblem | None = None


_SIGNS_IN_PHONE = re.compile(r"[\s().\-]+")
_MOBILE = re.compile(r"0[25789]0\d{8}")
_FREE_ELEVEN = re.compile(r"0800\d{7}")
_TEN = re.compile(r"0[1-9]\d{8}")
_INTERNATIONAL = re.compile(r"\+[1-9]\d{7,14}")
_KNOWN_GROUPS = (
    (_FREE_ELEVEN, (4, 7)),
    (_MOBILE, (3, 7)),
    (re.compile(r"(?:0120|0570)\d{6}"), (4, 7)),
    (re.compile(r"0[36]\d{8}"), (2, 6)),
)
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_KATAKANA = re.compile(r"[ァ-ヶー・A-Za-z0-9&.\- ]*")
_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_THOUSANDS_COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NUMBER = re.compile(
    r"[¥\\]?(?P<sign>[-▲△]?)[¥\\]?(?:(?P<oku>[\d.千百]+)億)?(?:(?P<man>[\d.千百]+)万)?(?P<rest>[\d.千百]*)"
    r"(?P<counter>円|人|名|社|件|%|月)?"
)
_SECTION = re.compile(r"(?:(\d+(?:\.\d+)?)千)?(?:(\d+(?:\.\d+)?)百)?(\d+(?:\.\d+)?)?")


def tidy_phone(text: str) -> Tidied:
    """A Japanese number with hyphens, or an international one from its +.

    Typed groups are kept. Digits alone are grouped where the grouping is certain: mobile, free, Tokyo, Osaka;
    elsewhere the area code's length is not known, so they stay together.
    """
    typed = text.strip()
    groups = [group for group in _SIGNS_IN_PHONE.split(_plain(text)) if group]
    digits = "".join(groups)
    if not digits:
        return Tidied(typed, TidyProblem.PHONE if typed else None)
    if not any(form.fullmatch(digits) for form in (_MOBILE, _FREE_ELEVEN, _TEN, _INTERNATIONAL)):
        return Tidied(typed, TidyProblem.PHONE)
    return Tidied("-".join(groups if len(groups) > 1 else _phone_groups(digits)))


def tidy_postal_code(text: str) -> Tidied:
    """123-4567, with or without 〒, hyphen, spaces."""
    typed = text.strip()
    digits = re.sub(r"[〒\s\-]", "", _plain(text))
    if not digits and not typed:
        return Tidied("")
    if not re.fullmatch(r"[0-9]{7}", digits):
        return Tidied(typed, TidyProblem.POSTAL_CODE)
    return Tidied(f"{digits[:3]}-{digits[3:]}")


def tidy_corporate_number(text: str) -> Tidied:
    """Thirteen half-width digits; spaces, hyphens and the T of an invoice number are taken off.

    Digits that fail the check are still tidied, since every one of them is kept.
    """
    typed = text.strip()
    digits = re.sub(r"[\s\-]", "", _plain(text)).removeprefix("T").removeprefix("t")
    if not typed:
        return Tidied("")
    if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", digits):
        return Tidied(typed, TidyProblem.CORPORATE_NUMBER_LENGTH)
    return Tidied(digits, None if is_corporate_number(digits) else TidyProblem.CORPORATE_NUMBER_CHECK)


def tidy_integer(text: str) -> TidiedNumber:
    """A whole number: 12000, １２，０００, 1.2万, 3億5千万, ▲500, 42人."""
    typed = text.strip()
    if not typed:
        return TidiedNumber("")
    if (found := _NUMBER.fullmatch(_number_text(text))) is None or (number := _value(found)) is None:
        return TidiedNumber(typed, problem=TidyProblem.NUMBER)
    return _shown(number, typed)


def tidy_thousand_yen(text: str) -> TidiedNumber:
    """An amount in a field that counts 千円: 10000, 1,000万円 and 10,000千円 are all 10,000.

    A bare number is in 千円. One with 円 or with 億, 万, 千 is in yen and converted; a rest below 千円 is a
    problem, not rounded.
    """
    typed = text.strip()
    if not typed:
        return TidiedNumber("")
    if (found := _NUMBER.fullmatch(_number_text(text))) is None or (number := _value(found)) is None:
        return TidiedNumber(typed, problem=TidyProblem.NUMBER)
    if found["counter"] in {None, "円"} and re.search("[円億万千百]", found[0]):
        number /= 1000
        if number % 1:
            return TidiedNumber(typed, problem=TidyProblem.BELOW_THOUSAND_YEN)
    return _shown(number, typed)


def tidy_email(text: str) -> Tidied:
    """An address in half width."""
    typed = text.strip()
    address = unicodedata.normalize("NFKC", typed)
    if not typed or _EMAIL.fullmatch(address):
        return Tidied(address)
    return Tidied(typed, TidyProblem.EMAIL)


def tidy_kana(text: str) -> Tidied:
    """フリガナ in full-width katakana, from hiragana and half-width kana too; runs of spaces become one."""
    typed = text.strip()
    kana = " ".join(unicodedata.normalize("NFKC", typed).translate(_HIRAGANA_TO_KATAKANA).split())
    return Tidied(kana) if _KATAKANA.fullmatch(kana) else Tidied(typed, TidyProblem.KANA)


def _plain(text: str) -> str:
    return half_width(unicodedata.normalize("NFKC", text)).strip()


def _phone_groups(digits: str) -> list[str]:
    for form, (first, second) in _KNOWN_GROUPS:
        if form.fullmatch(digits):
            return [digits[:first], digits[first:second], digits[second:]]
    return [digits]


def _number_text(text: str) -> str:
    return _THOUSANDS_COMMA.sub("", re.sub(r"\s", "", _plain(text)))


def _value(found: re.Match[str]) -> Decimal | None:
    """The number a text means, fractions included; None where its parts make no number."""
    parts = [found["oku"], found["man"], found["rest"]]
    if not any(parts):
        return None
    total = Decimal(0)
    for part, scale in zip(parts, (10**8, 10**4, 1), strict=True):
        section = _SECTION.fullmatch(part or "")
        if section is None:
            return None
        total += scale * sum(
            Decimal(digits or 0) * place
            for digits, place in zip(section.groups(), (1000, 100, 1), strict=True)
        )
    return -total if found["sign"] else total


def _shown(number: Decimal, typed: str) -> TidiedNumber:
    if number % 1 or abs(number) > LARGEST_NUMBER:
        return TidiedNumber(typed, problem=TidyProblem.NUMBER)
    return TidiedNumber(f"{int(number):,}", int(number))
