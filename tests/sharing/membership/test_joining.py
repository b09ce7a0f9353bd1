"""Invitations, requests and check digits: who can join, and what an exchanged byte does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sharing.membership.acts import Role
from app.sharing.membership.invitations import (
    VALID_MS,
    Invitation,
    InvitationState,
    new_invitation,
    read_file,
    read_text,
    text_of,
)
from app.sharing.membership.joining import NotInvited, read_request, request_to_join
from app.sharing.membership.keys import new_device_keys, root_keys
from app.sharing.objects.malformed import MalformedObject
from tests.sharing.membership.team import NOW_MS, SEED, VAULT, Team

USER = b"user of a laptop"
ADMIN = new_device_keys()
OTHER_ADMIN = new_device_keys()
NEW = new_device_keys()
ROOT = root_keys(SEED).public
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
HINT = "共有フォルダ 伴走 (X:)"


def invitation() -> Invitation:
    return new_invitation(VAULT, ROOT, ADMIN.public, HINT, NOW_MS)


def test_an_invitation_comes_back_from_its_file_and_from_what_was_typed() -> None:
    invited = invitation()
    assert read_file(f"{text_of(invited)}\n".encode()) == invited
    typed = " ".join(re.findall(".{1,5}", text_of(invited).lower()))
    assert read_text(typed) == invited


MAILS = (
    "佐藤様\n招待です。\n{}\n鈴木",
    "Re: Banso\r\n> {}\r\n\r\nSuzuki",
    "{}\n\n--\nSUZUKI",
    "招待：\n\u3000{}\n",
)


@pytest.mark.parametrize("mail", MAILS)
@pytest.mark.parametrize("break_every", [60, 300])
def test_an_invitation_is_found_in_the_mail_around_it(mail: str, break_every: int) -> None:
    invited = new_invitation(VAULT, ROOT, ADMIN.public, HINT, NOW_MS, inviter_name="佐藤 花子")
    lines = re.findall(f".{{1,{break_every}}}", text_of(invited))
    sent = mail.format(("\n> " if "> {" in mail else "\n").join(lines))
    assert read_text(sent) == invited
    assert read_file(sent.encode()) == invited


def test_an_invitation_in_a_file_of_other_letters_is_found() -> None:
    invited = invitation()
    assert read_file(f"招待です\n{text_of(invited)}\n".encode("cp932")) == invited


def test_an_invitation_fits_into_a_qr_code_that_a_camera_reads() -> None:
    text = text_of(invitation())
    assert re.fullmatch(r"[0-9A-Z:]+", text)
    assert len(text) < 300


def test_an_invitation_may_say_who_invites() -> None:
    named = new_invitation(VAULT, ROOT, ADMIN.public, HINT, NOW_MS, inviter_name="佐藤 花子（SATO-PC）")
    assert read_text(text_of(named)) == named
    assert read_text(text_of(named)).inviter_name == "佐藤 花子（SATO-PC）"


@given(st.data())
def test_a_slip_in_typing_is_noticed(data: st.DataObject) -> None:
    text = text_of(invitation())
    at = data.draw(st.integers(len("BANSO1:"), len(text) - 1))
    letter = data.draw(st.sampled_from(LETTERS).filter(lambda new: new != text[at]))
    with pytest.raises(MalformedObject):
        read_text(text[:at] + letter + text[at + 1 :])


def test_an_invitation_is_good_for_seven_days_or_one_device() -> None:
    invited = invitation()
    assert invited.state(NOW_MS + VALID_MS - 1, ()) is InvitationState.USABLE
    assert invited.state(NOW_MS + VALID_MS, ()) is InvitationState.EXPIRED
    assert invited.state(NOW_MS, {invited.id}) is InvitationState.SPENT


def test_both_screens_show_the_same_twenty_digits() -> None:
    invited = invitation()
    sealed = request_to_join(invited, NEW, USER, "鈴木 SUZUKI-2in1")
    request = read_request(sealed.data, [invitation(), invited], ADMIN)
    assert request is not None
    assert request.digits == sealed.digits
    assert re.fullmatch(r"\d{4}( \d{4}){4}", sealed.digits)
    newcomer = request.newcomer
    assert (newcomer.public, newcomer.user, newcomer.name) == (NEW.public, USER, "鈴木 SUZUKI-2in1")


def test_a_request_is_read_by_its_inviter_only() -> None:
    invited = invitation()
    sealed = request_to_join(invited, NEW, USER, "鈴木")
    assert read_request(sealed.data, [invited], OTHER_ADMIN) is None
    assert "鈴木".encode() not in sealed.data
    assert invited.secret not in sealed.data


def test_who_knows_the_invitation_from_its_mark_only_is_not_invited() -> None:
    invited = invitation()
    guessed = Invitation(
        invited.vault, invited.root_fingerprint, bytes(16), invited.inviter, invited.inviter_x25519, 0, ""
    )
    with pytest.raises(NotInvited):
        read_request(request_to_join(guessed, NEW, USER, "").data, [invited], ADMIN)


def test_a_thief_of_the_invitation_shows_other_digits() -> None:
    invited = invitation()
    own = request_to_join(invited, NEW, USER, "鈴木")
    stolen = request_to_join(invited, new_device_keys(), USER, "鈴木")
    assert own.digits != stolen.digits


def test_an_invitation_to_another_team_shows_other_digits() -> None:
    invited = invitation()
    forged = Invitation(
        invited.vault,
        root_keys(bytes(32)).public.root_fingerprint,
        invited.secret,
        invited.inviter,
        invited.inviter_x25519,
        invited.expires_ms,
        "",
    )
    sealed = request_to_join(forged, NEW, USER, "鈴木")
    request = read_request(sealed.data, [invited], ADMIN)
    assert request is not None
    assert request.digits != sealed.digits


@given(st.data())
def test_a_request_with_a_changed_byte_is_never_taken(data: st.DataObject) -> None:
    invited = invitation()
    raw = bytearray(request_to_join(invited, NEW, USER, "鈴木").data)
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    try:
        assert read_request(bytes(raw), [invited], ADMIN) is None
    except MalformedObject:
        assert at == 0


def test_admission_spends_the_invitation() -> None:
    team = Team()
    first = team.first
    invited = new_invitation(VAULT, ROOT, first.keys.public, HINT, NOW_MS)
    request = read_request(request_to_join(invited, NEW, USER, "鈴木").data, [invited], first.keys)
    assert request is not None
    team.act(first, first.desk.approve(request.newcomer, Role.MEMBER, []))
    assert invited.state(NOW_MS, first.state.spent) is InvitationState.SPENT
