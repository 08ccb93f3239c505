"""Versions of code by its content: a stage is stale when what it was made with has changed.

Belongs here: the checksum of source files. Does not belong here: which stage depends on which packages (`stages.py`).
"""

import os
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

# What a package consists of: code, and data that it reads.
SOURCES = (".py", ".csv", ".sql", ".json", ".yaml", ".html", ".css", ".js")


@lru_cache(maxsize=64)
def code_version(*packages: str) -> str:
    """Checksum of the source of packages and modules: 12 hex digits.

    All files of a package count, data files as well. Comments count too: a checksum that errs towards doing work
    again is never wrong.

    Args:
        packages: dotted names, such as `pipelines.cleaning` or `schemas.tables`.

    Raises:
        ModuleNotFoundError: one of the names is no module.
    """
    digest = sha256()
    for package in sorted(packages):
        for name, content in _sources(package):
            _add(digest, f"{package}/{name}", content)
    return digest.hexdigest()[:12]


@lru_cache(maxsize=8)
def folder_version(folder: Path, pattern: str) -> str:
    """Checksum of the data files of a folder: 12 hex digits."""
    digest = sha256()
    for file in sorted(folder.glob(pattern)):
        _add(digest, file.name, file.read_bytes())
    return digest.hexdigest()[:12]


def combine(*versions: str) -> str:
    """One version out of several: 12 hex digits."""
    return sha256("\n".join(versions).encode()).hexdigest()[:12]


def _add(digest: "Hash", name: str, content: bytes) -> None:
    """Name and length go in too: a renamed file counts, and no content can run over into the next."""
    digest.update(f"{name}\0{len(content)}\0".encode())
    digest.update(content)


def _sources(package: str) -> list[tuple[str, bytes]]:
    """Relative name and content of each source file of a package, or of a module."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{package}: no such module; the list of packages in pipelines/stages.py names it")
    origin = Path(spec.origin)
    if spec.submodule_search_locations is None:
        return [(origin.name, origin.read_bytes())]
    return [(file.relative_to(origin.parent).as_posix(), file.read_bytes()) for file in sorted(_files(origin.parent))]


def _files(folder: Path) -> Iterator[Path]:
    """The source files of a package; `warehouse/data` is where the program writes, and no source."""
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in ("data", "__pycache__") and not name.startswith(".")]
        yield from (Path(path, name) for name in names if name.endswith(SOURCES))
