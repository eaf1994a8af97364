"""Can a file be written, without harm to a file that is read, and whole or not at all?"""

import errno
import os
import secrets
import tempfile
from collections.abc import Iterable
from pathlib import Path

from scheduler.domain.errors import InvalidValue, Refused


def require_targets(targets: Iterable[Path | None], sources: Iterable[Path] = ()) -> None:
    """Refused when a target could not be written, is a source, or is there twice; None is no target. Writes nothing.

    Two paths are the same file whatever links and dots lead to it.
    """
    read, seen = list(sources), list[Path]()
    for path in targets:
        if path is None:
            continue
        require_writable(path)
        if any(_is_same(path, source) for source in read):
            raise Refused("%(path)s is a file that this reads. Maybe choose another one.", path=str(path))
        if any(_is_same(path, other) for other in seen):
            raise Refused("Two results cannot be one file: %(path)s.", path=str(path))
        seen.append(path)


def require_writable(path: Path) -> None:
    """InvalidValue unless a file can be put here; its folders need not be there yet, and are not made."""
    try:
        if path.is_dir():
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.exists() and not path.is_file():
            raise OSError(errno.EINVAL, "not an ordinary file")
        require_writable_folder(_real(path).parent)
    except OSError as error:
        raise _unwritable(path, error) from error


def require_writable_folder(folder: Path) -> None:
    """InvalidValue unless files can be put in this folder; it need not be there yet, and is not made."""
    there = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if os.path.lexists(parent))
    try:
        with tempfile.TemporaryFile(dir=there):
            return
    except OSError as error:
        raise _unwritable(folder, error) from error


def write_whole(path: Path, data: bytes) -> None:
    """Write a file, where a link leads when it is one; whole or not at all."""
    real = _real(path)
    partial = real.with_name(f".{secrets.token_hex(8)}.part")
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        try:
            partial.write_bytes(data)
            partial.replace(real)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _is_same(one: Path, other: Path) -> bool:
    try:
        return _real(one) == _real(other) or one.samefile(other)
    except OSError:
        return False


def _unwritable(path: Path, error: OSError) -> InvalidValue:
    return InvalidValue("%(path)s cannot be written: %(why)s.", path=str(path), why=error.strerror)
