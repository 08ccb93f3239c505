"""What a measurement was made on."""

import os
import platform
from importlib.metadata import version
from typing import Any


def facts_of_machine() -> dict[str, Any]:
    """Processor, cores, system and the versions of what the time is spent in."""
    return {
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        **{name: version(name) for name in ("polars", "pandera", "duckdb")},
    }
