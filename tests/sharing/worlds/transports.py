"""Two kinds of 置き場, as bad as they come: an object store, and a folder that a cloud client keeps."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from app.sharing.objects.names import VAULT_FILE, read_name
from app.sharing.places.place import (
    LARGEST_OBJECT,
    Content,
    Deleted,
    Entry,
    Failed,
    Listing,
    Missing,
    NotYet,
    Place,
    Stored,
    Trouble,
    failed,
)
from app.sharing.places.stopping import Stop
from tests.sync.model import CrashError

Complain = Callable[[str], None]


def tag_of(content: bytes) -> str:
    return sha256(content).hexdigest()[:8]


@dataclass
class Access:
    """One device's way to the place. `hidden` names are kept from it; `verbs_left` counts down to its end.

    `asked` counts verbs, `read` bytes that came. Every put is judged: no object may take another's name (9).
    """

    transport: Transport
    device: object
    complain: Complain = lambda _: None
    hidden: Callable[[str], bool] = lambda _: False
    verbs_left: int | None = None
    dies: bool = False
    asked: int = 0
    read: int = 0
    puts: list[tuple[str, bytes]] = field(default_factory=list)
    parallel: int = 1

    def put(self, name: str, content: bytes, stop: Stop) -> Stored | Failed:
        self._count(stop)
        named = read_name(name)
        if name != VAULT_FILE and (named is None or named.id not in {None, sha256(content).digest()[:16]}):
            self.complain(f"{name} is not what is put there")
        self.puts.append((name, content))
        return self.transport.put(self, name, content)

    def get(
        self, name: str, stop: Stop, at_most: int = LARGEST_OBJECT
    ) -> Content | Missing | NotYet | Failed:
        self._count(stop)
        if self.hidden(name):
            return Missing()
        answer = self.transport.get(self, name)
        if isinstance(answer, Content):
            self.read += len(answer.content)
        return answer

    def list(self, prefix: str, stop: Stop) -> Listing | Failed:
        self._count(stop)
        answer = self.transport.list(self, prefix)
        if isinstance(answer, Failed):
            return answer
        return Listing(tuple(each for each in answer.entries if not self.hidden(each.name)))

    def delete(self, name: str, stop: Stop) -> Deleted | Failed:
        self._count(stop)
        return self.transport.delete(self, name)

    def close(self) -> None:
        """Nothing to let go of."""

    def _count(self, stop: Stop) -> None:
        """At the last verb somebody stops the round, or the power goes."""
        self.asked += 1
        if self.verbs_left is not None:
            self.verbs_left -= 1
            if self.verbs_left < 0:
                self.verbs_left = None
                if self.dies:
                    raise CrashError
                stop.ask()
        stop.check()


class Transport(Protocol):
    """What stands behind the verbs, what may befall it, and how it heals."""

    def put(self, access: Access, name: str, content: bytes) -> Stored | Failed: ...
    def get(self, access: Access, name: str) -> Content | Missing | NotYet | Failed: ...
    def list(self, access: Access, prefix: str) -> Listing | Failed: ...
    def delete(self, access: Access, name: str) -> Deleted | Failed: ...

    def befall(self) -> None:
        """Something happens that nobody here asked for."""

    def settle(self) -> None:
        """What is under way arrives; from now on nothing goes wrong unless `trouble` says so."""

    def trouble(self, rate: float) -> None:
        """How often a verb goes wrong."""

    def holds(self, name: str) -> bytes | None:
        """What everybody finds under a name once all is quiet."""

    def everything(self) -> dict[str, bytes]:
        """What lies there."""

    def lose(self, name: str) -> None:
        """An object is gone for everybody."""


class Bucket:
    """An object store: old and partial listings, torn and empty reads, lost and repeated acknowledgements."""

    def __init__(self, rng: random.Random, objects: dict[str, bytes]) -> None:
        self._rng = rng
        self._objects = dict(objects)
        self._past = list(objects.items())
        self._snapshots = [dict(objects)]
        self._rate = 0.0

    def put(self, access: Access, name: str, content: bytes) -> Stored | Failed:
        doing = self._mishap(5)
        if doing == 0:
            return failed(Trouble.CUT)
        if doing == 1:
            return Stored()
        if doing == 2:
            self._store(name, content[: self._rng.randrange(len(content))])
            return Stored()
        self._store(name, content)
        return failed(Trouble.CUT) if doing == 3 else Stored()

    def get(self, access: Access, name: str) -> Content | Missing | NotYet | Failed:
        content = self._objects.get(name)
        doing = self._mishap(8)
        if doing == 0:
            return failed(Trouble.CUT)
        if content is None or doing == 2:
            return Missing()
        if doing == 1:
            return NotYet()
        return Content(content[: self._rng.randrange(len(content) + 1)] if doing == 3 else content)

    def list(self, access: Access, prefix: str) -> Listing | Failed:
        objects = self._objects
        doing = self._mishap(6)
        if doing == 0:
            return failed(Trouble.CUT)
        if doing == 1:
            objects = dict(self._rng.sample(sorted(objects.items()), self._rng.randrange(len(objects) + 1)))
        if doing == 2:
            objects = self._rng.choice(self._snapshots)
        return _listing(self._rng, objects, prefix)

    def delete(self, access: Access, name: str) -> Deleted | Failed:
        self._objects.pop(name, None)
        return Deleted()

    def befall(self) -> None:
        if self._rng.random() < 0.4:
            self._snapshots.append(dict(self._objects))
        if name := _any(self._rng, self._objects):
            spoil(self._rng, self._objects, name, self._past)

    def settle(self) -> None:
        self._rate = 0.0

    def trouble(self, rate: float) -> None:
        self._rate = rate

    def holds(self, name: str) -> bytes | None:
        return self._objects.get(name)

    def everything(self) -> dict[str, bytes]:
        return self._objects

    def lose(self, name: str) -> None:
        self._objects.pop(name, None)

    def _store(self, name: str, content: bytes) -> None:
        self._past.append((name, content))
        self._objects[name] = content

    def _mishap(self, kinds: int) -> int:
        return self._rng.randrange(kinds) if self._rng.random() < self._rate else -1


@dataclass
class Replica:
    """The folder on one laptop. `base` is what the client last had in common with the cloud, by name."""

    files: dict[str, bytes]
    base: dict[str, bytes]


class CloudFolder:
    """A folder with a private replica for each device; its client moves files when and how it likes.

    Uploads may be torn and come again, files arrive in any order, both sides of a clash are kept under two
    names, deletions travel, and what was deleted may come back.
    """

    def __init__(self, rng: random.Random, objects: dict[str, bytes]) -> None:
        self._rng = rng
        self._cloud = dict(objects)
        self._past = list(objects.items())
        self._start = dict(objects)
        self._replicas: dict[int, Replica] = {}
        self._owners: list[object] = []
        self._rate = 0.0

    def put(self, access: Access, name: str, content: bytes) -> Stored | Failed:
        replica = self._of(access)
        replica.files[name] = content
        self._past.append((name, content))
        self._client(replica)
        return Stored()

    def get(self, access: Access, name: str) -> Content | Missing | NotYet | Failed:
        content = self._of(access).files.get(name)
        if content is None:
            return Missing()
        return NotYet() if not content or self._rng.random() < self._rate / 4 else Content(content)

    def list(self, access: Access, prefix: str) -> Listing | Failed:
        replica = self._of(access)
        self._client(replica)
        return _listing(self._rng, replica.files, prefix)

    def delete(self, access: Access, name: str) -> Deleted | Failed:
        self._of(access).files.pop(name, None)
        return Deleted()

    def befall(self) -> None:
        """Somebody, or some program, does something to a replica or to the cloud."""
        files = self._rng.choice([self._cloud, *(each.files for each in self._replicas.values())])
        if name := _any(self._rng, files):
            spoil(self._rng, files, name, self._past)

    def settle(self) -> None:
        self._rate = 0.0
        for _ in range(2):
            for replica in self._replicas.values():
                self._client(replica)

    def trouble(self, rate: float) -> None:
        self._rate = rate

    def holds(self, name: str) -> bytes | None:
        found = {replica.files.get(name) for replica in self._replicas.values()} | {self._cloud.get(name)}
        return found.pop() if len(found) == 1 else None

    def everything(self) -> dict[str, bytes]:
        return self._cloud

    def lose(self, name: str) -> None:
        for files in (self._cloud, *(each.files for each in self._replicas.values())):
            files.pop(name, None)

    def _of(self, access: Access) -> Replica:
        owner = access.device
        if id(owner) not in self._replicas:
            self._owners.append(owner)
            self._replicas[id(owner)] = Replica(dict(self._start), dict(self._start))
        return self._replicas[id(owner)]

    def _client(self, replica: Replica) -> None:
        """The client looks at some names, in any order; with nothing going wrong at all of them."""
        names = sorted({*replica.files, *replica.base, *self._cloud})
        self._rng.shuffle(names)
        for name in names:
            if self._rng.random() >= 4 * self._rate:
                self._move(replica, name)

    def _move(self, replica: Replica, name: str) -> None:
        here, there, base = replica.files.get(name), self._cloud.get(name), replica.base.get(name)
        if here == there:
            self._agree(replica, name, here)
        elif here == base:
            self._arrive(replica, name, there)
        elif there == base or there is None:
            self._upload(replica, name, here)
        elif here is None:
            self._arrive(replica, name, there)
        else:
            self._clash(replica, name, here, there)

    def _arrive(self, replica: Replica, name: str, there: bytes | None) -> None:
        if there is None:
            replica.files.pop(name, None)
        else:
            replica.files[name] = there
        self._agree(replica, name, there)

    def _upload(self, replica: Replica, name: str, here: bytes | None) -> None:
        if here is None:
            self._cloud.pop(name, None)
        elif self._rng.random() < self._rate:
            self._cloud[name] = torn = here[: self._rng.randrange(len(here) + 1)]
            replica.base[name] = torn  # the client goes on with it some time
            return
        else:
            self._cloud[name] = here
        self._agree(replica, name, here)

    def _clash(self, replica: Replica, name: str, here: bytes, there: bytes) -> None:
        copy = name.replace(".osy", f" ({self._rng.randrange(2, 5)}).osy")
        self._cloud[copy] = replica.files[copy] = replica.base[copy] = there
        self._upload(replica, name, here)

    @staticmethod
    def _agree(replica: Replica, name: str, content: bytes | None) -> None:
        if content is None:
            replica.base.pop(name, None)
        else:
            replica.base[name] = content


def spoil(rng: random.Random, files: dict[str, bytes], name: str, past: list[tuple[str, bytes]]) -> None:
    """Deleted, cut short, altered, copied, or replaced by what was there before."""
    content = files[name]
    doing = rng.randrange(5)
    if doing == 0:
        del files[name]
    elif doing == 1:
        files[name] = content[: rng.randrange(len(content) + 1)]
    elif doing == 2 and content:
        at = rng.randrange(len(content))
        files[name] = content[:at] + bytes((content[at] ^ 1,)) + content[at + 1 :]
    elif doing == 3:
        files[name.replace(".osy", " (1).osy")] = content
    else:
        back, old = rng.choice(past)
        files[back] = old


def _any(rng: random.Random, files: dict[str, bytes]) -> str:
    return rng.choice(sorted(files)) if files else ""


def _listing(rng: random.Random, objects: dict[str, bytes], prefix: str) -> Listing:
    found = [
        Entry(name, len(content), tag_of(content))
        for name, content in objects.items()
        if name.startswith(prefix)
    ]
    rng.shuffle(found)
    return Listing(tuple(found))


def is_place(access: Access) -> Place:
    """An access is a place; a type checker sees to it."""
    return access
