"""A 置き場 in memory that does what real ones do: old listings, torn reads, lost puts, copies, returns."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from app.sharing.places.place import (
    LARGEST_OBJECT,
    Content,
    Deleted,
    Entry,
    Failed,
    Listing,
    Missing,
    NotYet,
    Stored,
    Trouble,
    failed,
)
from app.sharing.places.stopping import Stop


@dataclass
class Storage:
    """What lies there, and everything that ever did."""

    objects: dict[str, bytes] = field(default_factory=dict)
    past: list[tuple[str, bytes]] = field(default_factory=list)
    snapshots: list[dict[str, bytes]] = field(default_factory=list)

    def store(self, name: str, content: bytes) -> None:
        self.past.append((name, content))
        self.objects[name] = content

    def spoil(self, rng: random.Random) -> None:
        """Something happens to an object that nobody here asked for."""
        name = rng.choice(sorted(self.objects))
        content = self.objects[name]
        doing = rng.randrange(5)
        if doing == 0:
            del self.objects[name]
        elif doing == 1:
            self.objects[name] = content[: rng.randrange(len(content))]
        elif doing == 2:
            at = rng.randrange(len(content))
            self.objects[name] = content[:at] + bytes((content[at] ^ 1,)) + content[at + 1 :]
        elif doing == 3:
            self.objects[name.replace(".osy", " (1).osy")] = content
        else:
            back, old = rng.choice(self.past)
            self.objects[back] = old


class FaultyPlace:
    """One device's access. `rate` is how often a verb goes wrong; names in `hidden` are not seen.

    While `is_losing`, whatever it is given is gone. After `verbs_left` verbs somebody stops the round."""

    parallel = 1

    def __init__(self, storage: Storage, rng: random.Random, rate: float) -> None:
        self.storage = storage
        self.rng = rng
        self.rate = rate
        self.hidden: set[str] = set()
        self.is_losing = False
        self.verbs_left: int | None = None

    def put(self, name: str, content: bytes, stop: Stop) -> Stored | Failed:
        self._count(stop)
        if self.is_losing:
            return Stored()
        doing = self._mishap(5)
        if doing == 0:
            return failed(Trouble.CUT)
        if doing == 1:
            return Stored()
        if doing == 2:
            self.storage.store(name, content[: self.rng.randrange(len(content))])
            return Stored()
        self.storage.store(name, content)
        return failed(Trouble.CUT) if doing == 3 else Stored()

    def get(
        self, name: str, stop: Stop, at_most: int = LARGEST_OBJECT
    ) -> Content | Missing | NotYet | Failed:
        self._count(stop)
        content = None if name in self.hidden else self.storage.objects.get(name)
        doing = self._mishap(8)
        if doing == 0:
            return failed(Trouble.CUT)
        if content is None:
            return Missing()
        if doing == 1:
            return NotYet()
        if doing == 2:
            return Missing()
        return Content(content[: self.rng.randrange(len(content) + 1)] if doing == 3 else content)

    def list(self, prefix: str, stop: Stop) -> Listing | Failed:
        self._count(stop)
        objects = {name: held for name, held in self.storage.objects.items() if name not in self.hidden}
        doing = self._mishap(6)
        if doing == 0:
            return failed(Trouble.CUT)
        if doing == 1:
            objects = dict(self.rng.sample(sorted(objects.items()), self.rng.randrange(len(objects) + 1)))
        if doing == 2 and self.storage.snapshots:
            objects = self.rng.choice(self.storage.snapshots)
        found = [Entry(name, len(held)) for name, held in objects.items() if name.startswith(prefix)]
        self.rng.shuffle(found)
        return Listing(tuple(found))

    def delete(self, name: str, stop: Stop) -> Deleted | Failed:
        self._count(stop)
        doing = self._mishap(2)
        if doing == 0:
            return failed(Trouble.CUT)
        if doing < 0:
            self.storage.objects.pop(name, None)
        return Deleted()

    def close(self) -> None:
        """Nothing to let go of."""

    def _count(self, stop: Stop) -> None:
        """Somebody stops the round when the verbs that are left have been used up."""
        if self.verbs_left is not None:
            self.verbs_left -= 1
            if self.verbs_left < 0:
                stop.ask()
        stop.check()

    def _mishap(self, kinds: int) -> int:
        return self.rng.randrange(kinds) if self.rng.random() < self.rate else -1
