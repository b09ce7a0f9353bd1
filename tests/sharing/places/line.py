"""A line between a place and its server: slow, cut in the middle of a body, or losing the last word."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from contextlib import suppress


class FaultyLine:
    """Forwards to a port of this machine. `delay_s` is the round trip.

    `bytes_per_s` is the width of each connection, either way; None leaves it as it is. `carried` counts the
    bytes of all.
    """

    def __init__(self, target: int, delay_s: float = 0.0, bytes_per_s: float | None = None) -> None:
        self._target = target
        self._delay_s = delay_s
        self._seconds_a_byte = 1 / bytes_per_s if bytes_per_s else 0.0
        self._guard = threading.Lock()
        self._cuts: dict[str, list[int]] = {"up": [], "down": []}
        self.connections = 0
        self.carried = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def cut_up(self, after: int, times: int = 1) -> None:
        """Cut the connection once so many bytes more went to the server; so often, one after the other."""
        with self._guard:
            self._cuts["up"] = [after] * times

    def cut_down(self, after: int, times: int = 1) -> None:
        """The same for bytes from the server: 0 loses the answer to what the server has done."""
        with self._guard:
            self._cuts["down"] = [after] * times

    def mend(self) -> None:
        """Cut no more."""
        with self._guard:
            self._cuts = {"up": [], "down": []}

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._socket.close()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(asyncio.start_server(self._accepted, sock=self._socket))
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
            with suppress(asyncio.CancelledError, OSError):
                self._loop.run_until_complete(task)
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())

    async def _accepted(self, near: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            far, far_out = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            near_out.transport.abort()
            return
        pumps = [
            asyncio.ensure_future(self._pump("up", near, far_out)),
            asyncio.ensure_future(self._pump("down", far, near_out)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            pass  # the line is closed; asyncio would tell of it aloud
        finally:
            for pump in pumps:
                pump.cancel()
            near_out.transport.abort()
            far_out.transport.abort()

    async def _pump(self, way: str, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        """Hand on until the end or a cut; a piece leaves half a round trip after it came through."""
        through = 0.0
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=4096)
        leaving = asyncio.ensure_future(self._leave(way, under_way, sink))
        try:
            with suppress(OSError):
                while piece := await source.read(65536):
                    if leaving.done():
                        return
                    through = max(through, time.monotonic()) + len(piece) * self._seconds_a_byte
                    await under_way.put((through + self._delay_s / 2, piece))
            await under_way.put((0.0, b""))
            await leaving
        finally:
            leaving.cancel()

    async def _leave(
        self, way: str, under_way: asyncio.Queue[tuple[float, bytes]], sink: asyncio.StreamWriter
    ) -> None:
        while True:
            due, piece = await under_way.get()
            if not piece:
                return
            if (wait_s := due - time.monotonic()) > 0:
                await asyncio.sleep(wait_s)
            kept = self._kept(way, len(piece))
            self.carried += kept
            with suppress(OSError):
                sink.write(piece[:kept])
                await sink.drain()
            if kept < len(piece):
                sink.transport.abort()
                return

    def _kept(self, way: str, size: int) -> int:
        """How many of the bytes still pass."""
        with self._guard:
            cuts = self._cuts[way]
            if not cuts:
                return size
            if size <= cuts[0] and cuts[0] > 0:
                cuts[0] -= size
                return size
            return cuts.pop(0)
