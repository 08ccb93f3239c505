"""Writing the site beside the one that is there, and putting it in its place as a whole.

Nothing here knows what is on a page.
"""

import contextlib
import ctypes
import os
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

# renameat2(2) of Linux, renamex_np(2) of macOS: two folders change names in one step.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a folder to write a new site into; it takes the place of the target when the block ends well.

    A reader of the target sees the old site until then and the new one from then on. One builder works at a time; what
    an earlier crash left is removed.

    Args:
        target: folder of the published site; it need not be there.

    Raises:
        NotADirectoryError: a file has its name, or that of what is written beside it; it stays as it is.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished, old = target.with_name(f"{target.name}.next"), target.with_name(f"{target.name}.old")
    for taken in (target, unfinished, old):
        # A folder and a file change names as well as two folders do: it would not be missed.
        if taken.exists() and not taken.is_dir():
            raise NotADirectoryError(f"{taken} is a file where the site wants a folder: move it away, then run again")
    with FileLock(target.with_name(f"{target.name}.lock")):
        # Where folders cannot change names in one step, a crash may have left the old site under its other name.
        if old.exists() and not target.exists():
            os.rename(old, target)
        for left in (unfinished, old):
            shutil.rmtree(left, ignore_errors=True)
        unfinished.mkdir()
        try:
            yield unfinished
            _exchange(unfinished, target, old)
        finally:
            for left in (unfinished, old):
                shutil.rmtree(left, ignore_errors=True)


def _exchange(finished: Path, target: Path, old: Path) -> None:
    """Put the finished folder in the target's place; the old one is then under the name of one of the others."""
    if not target.exists():
        os.rename(finished, target)
    elif not _swap_names(finished, target):
        os.rename(target, old)
        os.rename(finished, target)


def _swap_names(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; whether the system can."""
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        if platform.system() == "Linux":
            return bool(library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE) == 0)
        if platform.system() == "Darwin":
            return bool(library.renamex_np(first, second, _RENAME_SWAP) == 0)
    except AttributeError:
        pass
    return False
