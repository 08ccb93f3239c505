"""A Spark cluster on this machine: a real standalone master and its workers, each a process of its own."""

import os
import re
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

ADDRESS = "127.0.0.1"
# A virtual machine takes a minute to start where four others want the same two cores.
START_SECONDS = 300
END_SECONDS = 15
# What lives for a minute is not worth optimizing: a virtual machine starts on less of the processor.
SHORT_LIVED = {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}


class Cluster:
    """A master and workers of one core on loopback, ended on the way out.

    Attributes:
        master: Its address.
        workers: The workers by process id, as they were started.
    """

    def __init__(self, folder: Path, workers: int = 2, memory: str = "1g") -> None:
        package = find_spec("pyspark")
        assert package is not None
        assert package.origin is not None
        self._home = Path(package.origin).parent
        self._folder = folder
        self._environment = {
            **os.environ,
            **SHORT_LIVED,
            "SPARK_HOME": str(self._home),
            "SPARK_LOCAL_IP": ADDRESS,
            "SPARK_DAEMON_MEMORY": "256m",
            "PYSPARK_PYTHON": sys.executable,
        }
        self._memory = memory
        self._count = workers
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        """Start everything and wait until the master knows the workers."""
        log = self._start("master", "org.apache.spark.deploy.master.Master", "--port", "0", "--webui-port", "0")
        self.master = _told(log, r"Starting Spark master at (spark://\S+)")
        for number in range(self._count):
            self._start(
                f"worker{number}",
                "org.apache.spark.deploy.worker.Worker",
                *("--cores", "1", "--memory", self._memory, "--webui-port", "0"),
                *("--work-dir", str(self._folder / f"work{number}")),
                self.master,
            )
        for number in range(self._count):
            _told(self._folder / f"worker{number}.log", "(Successfully registered with master)")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self._processes):
            process.terminate()
        for process in self._processes:
            try:
                process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                # Java keeps ignoring what whoever started these tests ignored.
                process.kill()
                process.wait()

    @property
    def workers(self) -> list[subprocess.Popen[bytes]]:
        """The workers' processes, in the order in which they were started."""
        return self._processes[1:]

    def _start(self, name: str, *command: str) -> Path:
        log = self._folder / f"{name}.log"
        with log.open("wb") as stream:
            spark_class = str(self._home / "bin" / "spark-class")
            arguments = [spark_class, command[0], "--host", ADDRESS, *command[1:]]
            self._processes.append(
                subprocess.Popen(arguments, env=self._environment, stdout=stream, stderr=subprocess.STDOUT)
            )
        return log


def _told(log: Path, pattern: str) -> str:
    """Wait until a log says something."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if found := re.search(pattern, log.read_text(errors="replace")):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"{log} never said {pattern}:\n{log.read_text(errors='replace')[-2000:]}")
