"""How the time of some work grows with its size: only the order of growth is told, never a speed."""

import gc
import time
from collections.abc import Callable

# Below this, a clock tells nothing.
FLOOR_SECONDS = 0.05
TRIES = 3


def cpu_seconds(work: Callable[[], object]) -> float:
    """The least CPU time of some tries, without the collector of cycles, which would look at all that tests left."""
    gc.collect()
    gc.disable()
    try:
        return max(min(_once(work) for _ in range(TRIES)), FLOOR_SECONDS)
    finally:
        gc.enable()


def _once(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
