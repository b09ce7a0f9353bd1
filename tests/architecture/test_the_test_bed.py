"""The promises of tests/conftest.py, checked where they could silently stop holding."""

import os
import socket
import tempfile
from pathlib import Path

import keyring
import keyring.errors
import platformdirs
import pytest

from tests.golden import compare


def test_a_socket_to_another_machine_fails_the_test() -> None:
    with socket.socket() as sock, pytest.raises(pytest.fail.Exception, match=r"192\.0\.2\.1"):
        sock.connect(("192.0.2.1", 80))


def test_a_name_lookup_fails_the_test() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"banso\.example"):
        socket.create_connection(("banso.example", 443))


def test_sockets_on_this_machine_work() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


def test_the_users_folders_are_temporary() -> None:
    temporary = Path(tempfile.gettempdir()).resolve()
    for place in (Path.home(), platformdirs.user_data_path("banso"), platformdirs.user_config_path("banso")):
        assert temporary in place.resolve().parents


def test_the_real_key_ring_is_out_of_reach() -> None:
    with pytest.raises(keyring.errors.NoKeyringError):
        keyring.get_password("banso", "anyone")


def test_qt_draws_without_a_display() -> None:
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"


def test_a_text_that_was_never_kept_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="never kept"):
        compare(tmp_path / "golden" / "page.json", "text", renew=False)


def test_a_text_that_differs_from_the_kept_one_fails_until_it_is_renewed(tmp_path: Path) -> None:
    kept = tmp_path / "golden" / "page.json"
    compare(kept, "old\n", renew=True)
    with pytest.raises(AssertionError, match="differs"):
        compare(kept, "new\n", renew=False)
    compare(kept, "new\n", renew=True)
    compare(kept, "new\n", renew=False)
