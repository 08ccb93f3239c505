"""The work of a run, stage by stage, for tests that kill it: in processes that have loaded everything when they begin.

Belongs here: what such a process does and how it is started. Does not belong here: when it is killed (`test_crash.py`).

Loading takes longer than the work of a small run. A server that has loaded everything forks each process; it has no
other thread and has opened nothing, so that nothing is half done in the copy.
"""

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

# What the stages load when they have work.
import pipelines.cleaning
import pipelines.extraction
import pipelines.validation
import pipelines.validation.corrections
import pipelines.validation.documents
import pipelines.validation.ledger  # noqa: F401
from pipelines.flow import Flow
from pipelines.publication import publish
from pipelines.settings import Settings
from pipelines.stages import STAGES
from schemas.registry import load_registry

# A step of a few documents takes a second, on a machine that does much else twenty.
STEP_SECONDS = 120

load_registry()


def work(say: Callable[[str], None]) -> None:
    """Do the work of a run, and say which step is begun."""
    settings = Settings.from_environment()
    flow = Flow(settings)
    with flow.lake.lock("test"):
        flow = Flow(settings)
        say("scan")
        flow.scan()
        for name in STAGES:
            say(name)
            flow.read(flow.now()) if name == "raw_documents" else flow.work_off(name)
        say("publish")
        publish(flow)
        say("done")


def _work_in(environment: dict[str, str], steps: Connection) -> None:
    os.environ.update(environment)
    work(steps.send)


@contextmanager
def working(settings: Settings) -> Iterator[tuple[BaseProcess, Iterator[str]]]:
    """A process that does this work, and the steps that it says; it is ended on the way out.

    Raises:
        TimeoutError: a step takes longer than any should.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work_in, args=(settings.to_environment(), there))
    process.start()
    there.close()

    def steps() -> Iterator[str]:
        # The end of what it says is the end of the process.
        with contextlib.suppress(EOFError):
            while True:
                if not here.poll(STEP_SECONDS):
                    raise TimeoutError("the work of a run hangs")
                yield here.recv()

    with here:
        try:
            yield process, steps()
        finally:
            process.kill()
            process.join()


def main() -> None:
    """The same in a process that somebody else has started: the steps are printed."""
    work(lambda step: print(step, flush=True))


if __name__ == "__main__":
    main()
