"""The real `dg dev` on a free port of loopback, with its daemon, for tests."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.settings import PROJECT_ROOT, Settings


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def dagster_ui(settings: Settings, log: Path) -> Iterator[str]:
    """The UI with its daemon, in a process group of its own that is ended by its id.

    Args:
        settings: Folders of its own.
        log: Where its output goes.

    Yields:
        Its address; it may take a while until it answers.
    """
    port = free_port()
    command = [sys.executable, "-m", "pipelines.cli", "ui", "--port", str(port)]
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command,
            cwd=PROJECT_ROOT,
            env={**os.environ, **settings.to_environment()},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            # Its folders go with it, so it is not asked to finish: that takes it twenty seconds.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
