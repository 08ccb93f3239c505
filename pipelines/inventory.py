"""What lies in the seeds folder, and what is new about it.

Belongs here: which files count as documents, their names by content, and the comparison with what the last build
published. Does not belong here: reading a document (`reading/`), or the clock: a file is new when its bytes are new.
"""

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Self

from pipelines.lake import BrokenStateError, Lake

# Names that are no documents: the folder's own explanations and corrections, and what desktops leave behind.
IGNORED_NAMES = frozenset({"readme.md", "corrections.yaml", "thumbs.db", "desktop.ini"})
# What editors, downloads and copies write before a file has its name.
IGNORED_SUFFIXES = (".tmp", ".temp", ".bak", ".swp", ".swo", ".part", ".partial", ".crdownload", ".download", "~")
IGNORED_PREFIXES = (".", "~", "#")
# Kinds of characters that a terminal obeys or that turn a line around: control, format, surrogate, line and paragraph.
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# What is read of a file at a time.
PIECE_BYTES = 1 << 20


class SeedsError(OSError):
    """The seeds folder cannot be read; the message says what to do."""


def is_document(name: str) -> bool:
    """Whether a file or folder of this name is looked at."""
    lowered = name.lower()
    return not (lowered in IGNORED_NAMES or lowered.startswith(IGNORED_PREFIXES) or lowered.endswith(IGNORED_SUFFIXES))


def list_files(seeds: Path) -> Iterator[str]:
    """The paths of all document files below the seeds folder, sorted; a link that leaves the folder is left out.

    Raises:
        SeedsError: there is no such folder, or it may not be read.
    """
    if not seeds.is_dir():
        raise SeedsError(f"no folder {seeds}: make it and put documents in, or point XIANZHI_SEEDS at the right one")
    yield from _files(os.fspath(seeds), os.path.realpath(seeds))


def printable(name: str) -> str:
    r"""A path as text that any table can hold and any terminal show.

    Names out of a Chinese zip archive are often GB18030, not UTF-8. What cannot be seen is spelt out, so that two names
    stay two: `a\x1b.txt`.
    """
    if name.isprintable():
        return name
    try:
        text = os.fsencode(name).decode("utf-8")
    except UnicodeDecodeError:
        text = os.fsencode(name).decode("gb18030", errors="replace")
    return "".join(
        mark.encode("unicode_escape").decode() if unicodedata.category(mark) in UNSEEN else mark for mark in text
    )


def _files(folder: str, inside: str) -> Iterator[str]:
    """The documents of a folder and of those below it; hidden ones and links to folders are not walked."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise SeedsError(f"cannot read the folder {error.filename}: {error.strerror}") from error
    for entry in filter(lambda entry: is_document(entry.name), entries):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, inside)
        # A link to a file inside is a second path of that document. Only links are resolved: that is slow.
        elif entry.is_file() and (not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(inside)):
            yield entry.path


def _checksum(file: str) -> str:
    """SHA-256 of a file's bytes."""
    digest = sha256()
    # Without a buffer of Python's own: most files are smaller than it.
    with open(file, "rb", buffering=0) as stream:
        # A piece that is not full is the last: most files are one, and are not asked twice.
        while len(piece := stream.read(PIECE_BYTES)) == PIECE_BYTES:
            digest.update(piece)
        digest.update(piece)
    return digest.hexdigest()


@dataclass(frozen=True)
class Inventory:
    """Documents by the SHA-256 of their bytes.

    Attributes:
        paths: the paths of each document, sorted, relative to the seeds folder, `/` between parts.
        files: the first file of each document, to open it; empty when the inventory is not that of a folder. As text:
            twenty thousand paths take longer to make than the files take to read.
        unreadable: path and reason of files that could not be opened, and so have no document id.
    """

    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict, compare=False)
    unreadable: tuple[tuple[str, str], ...] = ()

    @classmethod
    def scan(cls, seeds: Path) -> Self:
        """Look at every file of the folder; one that disappears meanwhile is left out."""
        paths: dict[str, list[str]] = {}
        files: dict[str, str] = {}
        unreadable: list[tuple[str, str]] = []
        start = os.path.join(seeds, "")
        for file in list_files(seeds):
            name = printable(file[len(start) :])
            try:
                doc_id = _checksum(file)
            except FileNotFoundError:
                continue
            except OSError as error:
                unreadable.append((name, str(error.strerror)))
                continue
            paths.setdefault(doc_id, []).append(name)
            files.setdefault(doc_id, file)
        return cls({doc_id: tuple(found) for doc_id, found in paths.items()}, files, tuple(unreadable))

    @classmethod
    def load(cls, lake: Lake, name: str) -> Self:
        """An inventory that was saved under this name; empty if there is none.

        Raises:
            BrokenStateError: what was saved cannot be read, or is no inventory.
        """
        state = lake.read_state(name)
        if state is None:
            return cls()
        try:
            paths = {doc_id: tuple(found) for doc_id, found in state["paths"].items()}
            return cls(paths, unreadable=tuple((path, reason) for path, reason in state["unreadable"]))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise BrokenStateError(lake.state_file(name)) from error

    def save(self, lake: Lake, name: str) -> None:
        """Remember this inventory under a name: what the last scan saw, what the last build published."""
        lake.write_state(name, {"paths": self.paths, "unreadable": self.unreadable})

    @property
    def fingerprint(self) -> str:
        """One checksum over all contents and paths: 16 hex digits."""
        lines = [f"{doc_id} {path}" for doc_id, found in self.paths.items() for path in found]
        lines += [f"unreadable {path} {reason}" for path, reason in self.unreadable]
        return sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16]

    def since(self, before: "Inventory") -> "Changes":
        """What is different from an earlier inventory."""
        here, there = _by_path(self.paths), _by_path(before.paths)
        changed = [path for path in here.keys() & there.keys() if here[path] != there[path]]
        # A path that is gone while its document is still there under another path was renamed, not removed.
        removed = [path for path in there.keys() - here.keys() if there[path] not in self.paths]
        new = [path for path in here.keys() - there.keys() if here[path] not in before.paths]
        moved = [path for path in here.keys() - there.keys() if here[path] in before.paths]
        return Changes(
            new=tuple(sorted(new)),
            changed=tuple(sorted(changed)),
            renamed=tuple(sorted(moved)),
            removed=tuple(sorted(removed)),
            unchanged=tuple(sorted(path for path in here.keys() & there.keys() if here[path] == there[path])),
        )


@dataclass(frozen=True)
class Changes:
    """Paths by what happened to them since the last build."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.renamed or self.removed)

    def describe(self) -> str:
        """Such as `2 new, 1 removed, 9 unchanged`."""
        counts = {name: len(getattr(self, name)) for name in ("new", "changed", "renamed", "removed", "unchanged")}
        return ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "no documents"


def _by_path(paths: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {path: doc_id for doc_id, found in paths.items() for path in found}
