"""The words of design-ux 2.6, each in its state, and none that a producer must never read."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.errors import AppError, PlaceBusy, PlaceFull, PlaceOfAnotherTeam, PlaceUnreachable
from app.rows.sharing import ClockWitness, RoundReport, SharingState
from ui.background_rounds import RoundsState
from ui.sharing_words import needs_person, standing_words

NOW = datetime(2026, 7, 22, 5, 10, tzinfo=UTC)
CALM = SharingState(
    "/share", "", frozenset(), 0, (), 0, RoundReport(), datetime(2026, 7, 22, 5, 5, tzinfo=UTC)
)
AT_REST = RoundsState()
YEAR_MS = 365 * 86_400_000


def said(state: SharingState | None, rounds: RoundsState = AT_REST, *, is_online: bool = True) -> str:
    return standing_words(state, rounds, NOW, is_online=is_online).words


def reported(**facts: object) -> SharingState:
    return replace(CALM, report=replace(RoundReport(), **facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "rounds", "words"),
    [
        (None, AT_REST, ""),
        (CALM, AT_REST, "チームに共有済み 14:05"),
        (replace(CALM, unshared_count=7), AT_REST, "未送信 7件"),
        (CALM, RoundsState(is_going=True, done=3, total=7), "チームに共有中 3/7"),
        (CALM, RoundsState(is_going=True), "チームに共有済み 14:05"),
        (
            replace(CALM, unshared_count=7),
            RoundsState(fault=PlaceUnreachable(), retry_s=900),
            "未送信 7件　置き場に届きません。この端末の内容は無事です。15分後にまた試します",
        ),
        (
            CALM,
            RoundsState(fault=PlaceOfAnotherTeam(), retry_s=60),
            "共有は止まっています。この端末の内容は無事です",
        ),
        (
            replace(reported(needs_newer=True), newer_count=4),
            AT_REST,
            "新しい版で書かれた項目 4件は読むだけにしています。更新するとすべて扱えます",
        ),
        (reported(keys_from=("佐藤",)), AT_REST, "見る権利が届くのを待っています (佐藤さんの端末)"),
        (
            reported(clock_off_ms=-3 * 86_400_000, clock_witness=ClockWitness.DEVICES),
            AT_REST,
            "この端末の時計が 3日ずれています。順番は守られますが日付を確かめてください",
        ),
        (
            reported(clock_off_ms=3 * YEAR_MS, clock_witness=ClockWitness.ONE_DEVICE),
            AT_REST,
            "ほかの端末と時計が 3年ずれています。順番は守られますが日付を確かめてください",
        ),
        (
            replace(reported(is_too_old=True), unshared_count=2),
            AT_REST,
            "未送信 2件　新しい版が必要です。受け取りは続けています",
        ),
        (
            replace(reported(fault=PlaceFull.code), unshared_count=2),
            AT_REST,
            "未送信 2件　置き場の空きがなくなりました。受け取りは続けています",
        ),
        (replace(CALM, digits="1234 5678"), AT_REST, "チームの承認を待っています"),
    ],
)
def test_each_state_has_its_words(state: SharingState | None, rounds: RoundsState, words: str) -> None:
    assert said(state, rounds) == words
    never = ("エラー", "タイムアウト", "同期完了", "アップロード", "コンフリクト", "マージ", "復号", "互換")
    assert not [each for each in never if each in words]


def test_without_a_network_one_goes_on() -> None:
    away = RoundsState(fault=PlaceUnreachable(), retry_s=300)
    assert said(CALM, away, is_online=False) == "オフライン: このまま続けられます"


@pytest.mark.parametrize(
    ("fault", "needs"), [(PlaceBusy(), False), (PlaceUnreachable(), False), (PlaceOfAnotherTeam(), True)]
)
def test_only_what_waiting_does_not_mend_is_told_in_three_parts(fault: AppError, needs: bool) -> None:
    assert needs_person(fault) is needs


def test_yesterdays_sharing_says_its_day() -> None:
    yesterday = replace(CALM, shared_at=datetime(2026, 7, 21, 5, 5, tzinfo=UTC))
    assert said(yesterday) == "チームに共有済み 7/21 14:05"
