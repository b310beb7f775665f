"""Each file in a process of its own (隔离): started here, fed the file, heard line by line, and killed with us.

Where the system can fork, a server that has loaded the readers forks that process in a few milliseconds
(ingest.forkserver); elsewhere every file waits for a new interpreter.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from ingest.{module} import main; main()"
FORKS = sys.platform == "linux"
"""Elsewhere a fork is missing, or unsafe once the system's own libraries are loaded."""
BUSY = 71
"""Exit code that stands for a process that the server could not start (EX_OSERR)."""
GONE = 1
"""Exit code where nobody could say how the process ended."""
_lock = threading.Lock()
_servers: list[Server] = []


def lines(data: bytes, source: str, wall: float, then: str = "") -> Generator[bytes, None, None]:
    """What a process of its own answers to a file, then `exit CODE`. Raises TimeoutError after `wall` seconds.

    `then`: what is to be made of the report there (see ingest.child); a new interpreter, which would have to load all
    that it takes, is not asked for it. Whoever stops listening ends that process. Raises OSError where none can be
    started.
    """
    return _forked(data, source, wall, then) if FORKS else _alone(data, source, wall)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, and the process that started it."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    owner: int

    def start(self, source: str, then: str) -> tuple[socket.socket, socket.socket]:
        """A new process for a file: the stream to it, and where the server says how it ended."""
        stream, its_stream = socket.socketpair()
        state, its_state = socket.socketpair()
        with its_stream, its_state:
            try:
                socket.send_fds(self.control, [f"{then}\0{source}".encode()], [its_stream.fileno(), its_state.fileno()])
            except OSError:
                stream.close()
                state.close()
                raise
        return stream, state

    def stop(self) -> None:
        """End the server and whatever it forked."""
        self.control.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=1)


def _server() -> Server:
    """This process's server, started if need be; who holds the lock may ask."""
    for server in _servers:
        if server.owner == os.getpid() and server.process.poll() is None:
            return server
    _servers.clear()
    control, its_control = socket.socketpair(type=socket.SOCK_SEQPACKET)
    with its_control:
        process = subprocess.Popen(
            [*_command("forkserver"), str(its_control.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(),
            pass_fds=[its_control.fileno()],
            start_new_session=True,
        )
    server = Server(process, control, os.getpid())
    _servers.append(server)
    atexit.register(server.stop)
    return server


def _started(source: str, then: str) -> tuple[socket.socket, socket.socket]:
    """A process for a file; a server that has died since is replaced once."""
    with _lock:
        try:
            return _server().start(source, then)
        except (BrokenPipeError, ConnectionResetError):
            _servers.clear()
            return _server().start(source, then)


def _forked(data: bytes, source: str, wall: float, then: str = "") -> Generator[bytes, None, None]:
    end = monotonic() + wall
    stream, state = _started(source, then)
    with stream, state:
        stream.settimeout(_left(end))
        with suppress(BrokenPipeError, ConnectionResetError):
            stream.sendall(data)
            stream.shutdown(socket.SHUT_WR)
        with stream.makefile("rb") as file, suppress(ConnectionResetError):
            stream.settimeout(_left(end))
            for line in file:
                yield line
                stream.settimeout(_left(end))
        state.settimeout(5)
        said = state.recv(16)
        yield b"exit %d\n" % (int(said) if said else GONE)


def _left(end: float) -> float:
    """Seconds until `end`; a file that goes on answering past it is stopped too. Raises TimeoutError."""
    if (left := end - monotonic()) <= 0:
        raise TimeoutError
    return left


def _alone(data: bytes, source: str, wall: float) -> Generator[bytes, None, None]:
    try:
        done = subprocess.run(
            [*_command("child"), source],
            input=data,
            capture_output=True,
            timeout=wall,
            check=False,
            env=environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    yield from done.stdout.splitlines(keepends=True)
    yield b"exit %d\n" % done.returncode


def _command(module: str) -> list[str]:
    return [sys.executable, "-P", "-c", START.format(module=module), str(Path(__file__).parents[1])]


def environment() -> dict[str, str]:
    """The child's environment: this one, with one thread for each numeric library."""
    return {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
