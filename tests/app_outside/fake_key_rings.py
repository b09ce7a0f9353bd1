"""Key rings as they are met: one that works, and five ways not to."""

import threading


class WorkingRing:
    """Keeps what it is given, in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class LockedRing(WorkingRing):
    """Answers like a key ring whose prompt was dismissed."""

    def get_password(self, service: str, username: str) -> str | None:
        from keyring.errors import KeyringLocked

        raise KeyringLocked("Failed to unlock the collection!")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.get_password(service, username)


class RefusingRing(WorkingRing):
    """Fails with an error that is none of the key ring library's, as D-Bus does."""

    def get_password(self, service: str, username: str) -> str | None:
        raise ConnectionResetError("org.freedesktop.DBus.Error.NoReply")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.get_password(service, username)


class ForgettingRing(WorkingRing):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class BlockingRing(WorkingRing):
    """Does not answer until `released` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.released.wait()
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.get_password(service, username)
        super().set_password(service, username, password)


def absent_ring() -> WorkingRing:
    """Stands for a system that offers no trusted backend."""
    from app.errors import KeyringAbsent

    raise KeyringAbsent
