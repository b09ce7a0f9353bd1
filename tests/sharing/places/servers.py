"""Real servers, started and ended by the tests, on this machine's own address and ports the system gives."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from email.utils import formatdate
from pathlib import Path
from urllib.parse import urlencode

import httpx
import obstore
from obstore.store import S3Store

from build_spec.real_servers import AZURITE

PATIENCE_S = 90.0
USER, READER, SECRET = "ito", "ito-reads", "correct-horse-7"
_MODULES = (
    "mpm_event",
    "authn_core",
    "authn_file",
    "authz_core",
    "authz_user",
    "auth_basic",
    "dav",
    "dav_fs",
)
_MODULE_FOLDER = Path("/usr/lib/apache2/modules")


class ServerMissing(Exception):
    """The server is not installed here."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def running(
    words: Sequence[str], log: Path, env: Mapping[str, str] | None = None, **how: object
) -> Iterator[subprocess.Popen[bytes]]:
    """The process while it is needed; it is ended by its own number."""
    with log.open("ab") as told:
        process = subprocess.Popen(words, stdout=told, stderr=told, stdin=subprocess.DEVNULL, env=env, **how)  # type: ignore[call-overload]
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(is_ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_ready():
        goes_on = process.poll() is None and time.monotonic() < until
        assert goes_on, log.read_text(errors="replace")[-2000:]
        time.sleep(0.05)


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return True
    except OSError:
        return False


@contextmanager
def public_folder() -> Iterator[Path]:
    """A folder that a server may use which must not run as root; pytest's own folders are private."""
    folder = Path(tempfile.mkdtemp(prefix="banso-server-"))
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def apache(disk: Path | None = None) -> Iterator[tuple[int, Path]]:
    """Apache with mod_dav: its port, and the folder that it serves.

    `/files/` takes reads and writes, `/readonly/` is the same folder and takes no writes. It lies on
    `disk` if one is given.
    """
    program = shutil.which("apache2", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        raise ServerMissing("apache2 (Debian: apache2-bin)")
    with public_folder() as folder:
        files = (disk or folder / "www") / "files"
        files.mkdir(parents=True)
        port = free_port()
        digest = base64.b64encode(hashlib.sha1(SECRET.encode()).digest()).decode()  # noqa: S324
        (folder / "users").write_text(f"{USER}:{{SHA}}{digest}\n")
        (folder / "apache.conf").write_text(_apache_settings(folder, files, port))
        as_nobody = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
        if as_nobody:
            for path in (folder, files.parent, files):
                shutil.chown(path, **as_nobody)
        log = folder / "log"
        words = [program, "-f", str(folder / "apache.conf"), "-D", "FOREGROUND"]
        with running(words, log, extra_groups=[] if as_nobody else None, **as_nobody) as process:
            wait_for(lambda: answers(port), process, log)
            yield port, files


def _apache_settings(folder: Path, files: Path, port: int) -> str:
    loaded = [f"LoadModule {name}_module {_MODULE_FOLDER}/mod_{name}.so" for name in (*_MODULES, "alias")]
    return "\n".join(
        (
            *loaded,
            f"ServerRoot {folder}\nPidFile {folder}/pid\nErrorLog {folder}/error.log\nServerName 127.0.0.1",
            f"Listen 127.0.0.1:{port}\nDocumentRoot {files.parent}\nDavLockDB {folder}/locks",
            f"DefaultRuntimeDir {folder}\nMutex file:{folder} default\nStartServers 1\nThreadsPerChild 32",
            f"Alias /readonly {files}",
            "<Location />\nDav On\nAuthType Basic\nAuthName banso",
            f"AuthUserFile {folder}/users\nRequire valid-user\n</Location>",
            "<Location /readonly>\n<LimitExcept GET HEAD OPTIONS PROPFIND>",
            "Require all denied\n</LimitExcept>\n</Location>\n",
        )
    )


@contextmanager
def azurite() -> Iterator[int]:
    """Azurite: its port. The account is USER, the container `vault`."""
    program = AZURITE / "dist" / "src" / "blob" / "main.js"
    node = shutil.which("node")
    if node is None or not program.exists():
        raise ServerMissing("azurite (npm) and node")
    with public_folder() as folder:
        port = free_port()
        log = folder / "log"
        words = [node, str(program), "--blobHost", "127.0.0.1", "--blobPort", str(port), "--silent"]
        words += ["--inMemoryPersistence", "--disableTelemetry", "--skipApiVersionCheck"]
        env = {**os.environ, "AZURITE_ACCOUNTS": f"{USER}:{azure_key()}"}
        with running(words, log, env, cwd=folder) as process:
            wait_for(lambda: answers(port), process, log)
            _make_container(port, "vault")
            yield port


def azure_key() -> str:
    return base64.b64encode(SECRET.encode()).decode()


def azure_reading_token() -> str:
    """A token for the container that reads and lists (Azure's "Create a service SAS")."""
    version, until = "2021-12-02", "2099-01-01T00:00:00Z"
    parts = ("rl", "", until, f"/blob/{USER}/vault", "", "", "", version, "c", *[""] * 7)
    mac = hmac.digest(base64.b64decode(azure_key()), "\n".join(parts).encode(), "sha256")
    asked = {"sp": "rl", "se": until, "sv": version, "sr": "c", "sig": base64.b64encode(mac).decode()}
    return f"?{urlencode(asked)}"


def _make_container(port: int, name: str) -> None:
    """Signed as Azure's "Authorize with Shared Key" says; obstore makes no containers."""
    date, version = formatdate(usegmt=True), "2021-12-02"
    resource = f"/{USER}/{USER}/{name}\nrestype:container"
    text = "PUT" + "\n" * 12 + f"x-ms-date:{date}\nx-ms-version:{version}\n{resource}"
    mac = hmac.digest(base64.b64decode(azure_key()), text.encode(), "sha256")
    headers = {
        "x-ms-date": date,
        "x-ms-version": version,
        "Authorization": f"SharedKey {USER}:{base64.b64encode(mac).decode()}",
    }
    url = f"http://127.0.0.1:{port}/{USER}/{name}?restype=container"
    httpx.put(url, headers=headers, trust_env=False).raise_for_status()


class RadosGateway:
    """Ceph's own S3 gateway over one monitor and one store in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self._monitor = free_port()

    def limit(self, size: int | None) -> None:
        """Let the user store so many bytes in all; None for as many as there is room for."""
        if size is None:
            self._admin("quota", "disable", "--quota-scope=user", f"--uid={USER}")
            return
        self._admin("quota", "set", "--quota-scope=user", f"--uid={USER}", f"--max-size={size}")
        self._admin("quota", "enable", "--quota-scope=user", f"--uid={USER}")

    @contextmanager
    def running(self) -> Iterator[None]:
        for name in ("mon", "osd", "rgw"):
            (self._folder / name).mkdir()
        self._settings.write_text(self._text())
        with ExitStack() as stack:
            self._start_monitor(stack)
            self._start_store(stack)
            gateway = self._start(stack, "radosgw", "-n", "client.admin")
            wait_for(lambda: answers(self.port), gateway, self._folder / "radosgw.log")
            self._make_user_and_bucket()
            yield

    @property
    def _settings(self) -> Path:
        return self._folder / "ceph.conf"

    @property
    def _id(self) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, str(self._folder)))

    def _text(self) -> str:
        return f"""[global]
fsid = {self._id}
mon host = v2:127.0.0.1:{self._monitor}
public addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc secure
admin socket =
log file =
keyring = {self._folder}/keyring
mon data = {self._folder}/mon
mon data avail crit = 1
mon allow pool size one = true
osd data = {self._folder}/osd
osd objectstore = memstore
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
rgw data = {self._folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:{self.port}
rgw dynamic resharding = false
rgw enable gc threads = false
rgw enable lc threads = false
rgw run sync thread = false
rgw bucket quota ttl = 0
rgw user quota bucket sync interval = 1
"""

    def _start_monitor(self, stack: ExitStack) -> None:
        monitors, keys = self._folder / "monmap", self._folder / "keyring"
        address = f"[v2:127.0.0.1:{self._monitor}]"
        self._do(
            "ceph-authtool",
            "--create-keyring",
            str(keys),
            "--gen-key",
            "-n",
            "mon.",
            "--cap",
            "mon",
            "allow *",
        )
        caps = [word for part in ("mon", "osd") for word in ("--cap", part, "allow *")]
        self._do("ceph-authtool", str(keys), "--gen-key", "-n", "client.admin", *caps)
        self._do("monmaptool", "--create", "--fsid", self._id, "--addv", "a", address, str(monitors))
        self._do(
            "ceph-mon", *self._with, "--mkfs", "-i", "a", "--monmap", str(monitors), "--keyring", str(keys)
        )
        self._start(stack, "ceph-mon", "-i", "a")

    def _start_store(self, stack: ExitStack) -> None:
        store = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self._folder}/osd"))
        self._do("ceph", *self._with, "osd", "new", store)
        self._do("ceph-osd", *self._with, "-i", "0", "--mkfs", "--osd-uuid", store)
        process = self._start(stack, "ceph-osd", "-i", "0")
        seen = lambda: json.loads(self._do("ceph", *self._with, "osd", "stat", "-f", "json"))  # noqa: E731
        wait_for(lambda: seen()["num_up_osds"] == 1, process, self._folder / "ceph-osd.log")

    def _make_user_and_bucket(self) -> None:
        self._admin(
            "user",
            "create",
            f"--uid={USER}",
            "--display-name=x",
            f"--access-key={USER}",
            f"--secret={SECRET}",
        )
        reader = ("subuser", "create", f"--uid={USER}", f"--subuser={USER}:reads", "--access=read")
        self._admin(*reader, "--key-type=s3", f"--access-key={READER}", f"--secret={SECRET}")
        store = S3Store(
            "vault",
            endpoint=f"http://127.0.0.1:{self.port}",
            region="us-east-1",
            access_key_id=USER,
            secret_access_key=SECRET,
            client_options={"allow_http": True},
        )
        bucket = obstore.sign(store, "PUT", "", timedelta(minutes=5))
        httpx.put(bucket, trust_env=False, timeout=PATIENCE_S).raise_for_status()

    def _admin(self, *words: str) -> None:
        self._do("radosgw-admin", *self._with, "-n", "client.admin", *words)

    @property
    def _with(self) -> list[str]:
        return ["-c", str(self._settings)]

    def _start(self, stack: ExitStack, program: str, *words: str) -> subprocess.Popen[bytes]:
        return stack.enter_context(
            running([program, *self._with, "-f", *words], self._folder / f"{program}.log")
        )

    def _do(self, *words: str) -> str:
        done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
        assert done.returncode == 0, f"{words[0]}: {done.stderr[-2000:]}"
        return done.stdout


@contextmanager
def rados_gateway() -> Iterator[RadosGateway]:
    """Ceph's S3 gateway; its bucket is `vault`."""
    programs = ("ceph", "ceph-authtool", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        raise ServerMissing(f"{', '.join(missing)} (Debian: radosgw ceph-mon ceph-osd)")
    with public_folder() as folder:
        gateway = RadosGateway(folder)
        with gateway.running():
            yield gateway
