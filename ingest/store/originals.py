"""The files as they were given, kept under the SHA-256 of their bytes; everything else can be made from them again.

A file is whole or absent: written beside, forced to disk, then renamed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


def keep(folder: Path, data: bytes, name: str) -> str:
    """Store the bytes and return their SHA-256; bytes already there are not written again."""
    digest = hashlib.sha256(data).hexdigest()
    path = folder / digest
    if not (path.exists() and path.stat().st_size == len(data)):
        folder.mkdir(parents=True, exist_ok=True)
        _write(path.with_suffix(".name"), name.encode("utf-8", "replace"))
        _write(path, data)
    return digest


def load(folder: Path, digest: str) -> bytes | None:
    """The bytes, or None where the file is gone or no longer has this digest."""
    try:
        data = (folder / digest).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == digest else None


def name_of(folder: Path, digest: str) -> str:
    """The name the file came under."""
    try:
        return (folder / digest).with_suffix(".name").read_text(encoding="utf-8")
    except OSError:
        return digest


def kept(folder: Path) -> tuple[str, ...]:
    """Digests of all files kept."""
    return tuple(sorted(path.name for path in folder.glob("?" * 64) if path.is_file()))


def drop(folder: Path, digests: Iterable[str]) -> None:
    """Remove files; those already gone are no trouble."""
    for digest in digests:
        (folder / digest).unlink(missing_ok=True)
        (folder / digest).with_suffix(".name").unlink(missing_ok=True)


def sweep(folder: Path, wanted: frozenset[str]) -> None:
    """Remove what a killed process left behind: files that no report names, and half-written ones."""
    drop(folder, (digest for digest in kept(folder) if digest not in wanted))
    for path in folder.glob("*.part"):
        path.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
