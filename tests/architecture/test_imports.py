import pytest

from tests.architecture.import_table import broken_rules
from tests.architecture.sources import Source, modules


def test_every_layer_imports_only_what_the_table_allows() -> None:
    told = [line for source in modules() for line in broken_rules(source)]
    assert not told, "\n".join(told)


def test_the_sources_are_found() -> None:
    names = {source.name for source in modules()}
    assert {"app", "db", "ui", "resources", "app.domain.terms"} <= names


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("db.store", "from app.domain.text import fold"),
        ("db.store", "import PySide6.QtCore"),
        ("db.repositories.plans", "from ...ui import actions"),
        ("db.store", "import cryptography"),
        ("app.domain.calendar", "import os"),
        ("app.domain.calendar", "import sqlalchemy"),
        ("app.domain.calendar", "from app.errors import AppError"),
        ("app.domain.calendar", "from datetime import date\ntoday = date.today()"),
        ("app.domain.calendar", "import datetime\nnow = datetime.datetime.now(datetime.UTC)"),
        ("app.sync.merge", "import time"),
        ("app.sync.merge", "from app.sync import places"),
        ("app.sync.clock", "from app import clock"),
        ("app.sharing.membership.keys", "import socket"),
        ("app.sharing.membership.keys", "import datetime\nnow = datetime.datetime.now(datetime.UTC)"),
        ("app.crypto.keys", "from pathlib import Path"),
        ("app.crypto.keys", "import socket"),
        ("app.crypto.keys", "import nacl"),
        ("app.crypto.keys", "from db.store import Store"),
        ("app.sharing.membership", "from app.services.team import TeamService"),
        ("app.sharing.membership", "from db.store import Store"),
        ("app.sharing.membership", "import httpx"),
        ("app.sharing.objects.container", "from pathlib import Path"),
        ("app.sharing.objects.container", "from app.sharing import membership"),
        ("app.services.plans", "from sqlalchemy import select"),
        ("app.services.plans", "import sqlcipher3.dbapi2"),
        ("app.services.plans", "from PySide6.QtCore import QObject"),
        ("app.services.plans", "from ui import wording"),
        ("app.services.plans", "import pikepdf"),
        ("ui.screens.today.view", "from db.store import Store"),
        ("ui.screens.today.view", "import db"),
        ("ui.screens.today.view", "def later():\n    import sqlalchemy"),
        ("ui.screens.today.view", "import importlib\nimportlib.import_module('db.store')"),
        ("ui.screens.today.view", "from app import crypto"),
        ("ui.screens.today.view", "from app.sync.merge import merge"),
        ("app.sharing.places.folder", "from app.errors import AppError"),
        ("app.sharing.places.folder", "from app.sharing.objects import container"),
        ("app.sharing.objects.container", "import httpx"),
        ("resources", "import app"),
    ],
)
def test_a_forbidden_import_is_told(module: str, text: str) -> None:
    assert len(broken_rules(Source(module, text))) == 1


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("db.store", "import sqlcipher3.dbapi2\nfrom sqlalchemy import select\nfrom . import base"),
        ("app.domain.calendar", "from datetime import date\nfrom app.domain.terms import Mark"),
        ("app.sync.merge", "from app.domain import text\nimport hashlib"),
        ("app.crypto.keys", "import os\nfrom cryptography.hazmat.primitives import hashes"),
        ("app.sharing.places.webdav", "import httpx\nfrom app.sharing.places.place import Place"),
        ("app.sharing.membership", "import msgpack\nfrom app.sharing.objects import container"),
        ("app.sharing.objects.container", "import hashlib\nfrom app.domain.ids import x"),
        ("app.reports.pages", "import uharfbuzz\nfrom reportlab.pdfgen import canvas"),
        ("ui.screens.today.view", "from app.services.plans import PlansService\nfrom app import rows"),
    ],
)
def test_an_allowed_import_is_not_told(module: str, text: str) -> None:
    assert broken_rules(Source(module, text)) == []
