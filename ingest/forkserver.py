"""The server that forks a fresh process for each file (孵化进程): it has loaded the readers and never sees a file.

Its owner sends the name of a file, and of what is to be made of the report, with two sockets: one for the process that
will read it, one on which this server says how that process ended. When the owner lets go of the second, the process is
killed; when the owner ends, all are.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
from collections import deque
from contextlib import suppress
from functools import cache
from importlib import import_module

from ingest.child import PROMISED, answer
from ingest.isolation import BUSY
from ingest.read import READERS

LOADED = ("pdf", "docx", "xlsx", "html", "xls", "txt")
"""Forms whose readers are loaded while nobody waits, the commonest first."""


def main() -> None:
    """Serve the owner on the socket whose number is the first argument, until it closes."""
    server = Server(socket.socket(fileno=int(sys.argv[1])))
    left = deque(READERS[form] for form in LOADED)
    while server.turn(0 if left and server.idle else None):
        if left and server.idle:
            prepare(left.popleft())


@cache
def prepare(name: str) -> None:
    """Load a module that reads or makes something, once, with what it would load while it works."""
    module = import_module(name)
    if hasattr(module, "prepare"):
        module.prepare()


class Server:
    """Who asked, and which processes run for them."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self._awake, self._wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake)
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)
        self._poll.register(self._awake, select.POLLIN)
        self._running: dict[int, socket.socket] = {}
        """By process, where its end is to be said."""

    @property
    def idle(self) -> bool:
        """Whether nobody waits for anything."""
        return not self._running

    def turn(self, wait: int | None) -> bool:
        """Do what there is to do, waiting so many milliseconds for it; False once the owner is gone."""
        events = dict(self._poll.poll(wait))
        for pid, state in self._running.items():
            if state.fileno() in events:
                os.kill(pid, signal.SIGKILL)
                self._poll.unregister(state)
        if self._awake in events:
            os.read(self._awake, 4096)
            self._reap()
        return self.control.fileno() not in events or self._start()

    def _start(self) -> bool:
        """Fork a process for the file that the owner names; False where the owner is gone."""
        name, numbers, _, _ = socket.recv_fds(self.control, 4096, 2)
        if len(numbers) < 2:
            for pid in self._running:
                os.kill(pid, signal.SIGKILL)
            return False
        stream, state = (socket.socket(fileno=number) for number in numbers)
        then, _, source = name.decode().partition("\0")
        form = PROMISED.get(source.rpartition(".")[2].lower())
        for module in (READERS[form] if form else "", then.partition(":")[0]):
            if module:
                prepare(module)
        with stream:
            try:
                pid = os.fork()
            except OSError:
                _say(state, BUSY)
                return True
            if pid == 0:
                self._become(stream, state, source, then)
        self._running[pid] = state
        self._poll.register(state, 0)
        return True

    def _become(self, stream: socket.socket, state: socket.socket, source: str, then: str) -> None:
        """In the new process: let go of all that is the server's, and read the file."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for held in (self.control, state, *self._running.values()):
                held.close()
            os.close(self._awake)
            os.close(self._wake)
            with stream.makefile("rb") as file:
                data = file.read()
            with stream.makefile("wb") as out:
                answer(data, source, then, out)
            code = 0
        finally:
            os._exit(code)

    def _reap(self) -> None:
        """Say of each process that has ended how it did."""
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                state = self._running.pop(ended[0])
                with suppress(KeyError):
                    self._poll.unregister(state)
                _say(state, os.waitstatus_to_exitcode(ended[1]))


def _say(state: socket.socket, code: int) -> None:
    """Tell how a process ended, and that there is no more to tell."""
    with state, suppress(OSError):
        state.sendall(b"%d" % code)
