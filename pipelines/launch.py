"""Runs the job `refresh` in this process, on the persistent Dagster instance: in the UI the run is one of its own.

Belongs here: starting a run and taking down what came of it. Does not belong here: telling a person (`recap.py`), or
deciding that a run is due (`automation.py`).
"""

import os
import sys
from contextlib import ExitStack

import dagster as dg
from dagster._core.definitions.reconstruct import ReconstructableRepository
from dagster._core.execution.api import execute_run
from dagster._core.remote_origin import (
    ManagedGrpcPythonEnvCodeLocationOrigin,
    RemoteJobOrigin,
    RemoteRepositoryOrigin,
)
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin
from filelock import FileLock

from pipelines.automation import JOB_NAME
from pipelines.event_storage import connections_kept_open
from pipelines.run_record import RunRecord, record
from pipelines.settings import PROJECT_ROOT, Settings

DEFINITIONS_MODULE = "pipelines.definitions"
# As in [tool.dg.project] of pyproject.toml; the UI finds the job of a run by these names.
CODE_LOCATION = "xianzhi"
REPOSITORY = "__repository__"


def run_refresh(settings: Settings) -> RunRecord:
    """Materialize all assets in one run."""
    with ExitStack() as stack:
        # Two processes that make Dagster's files at the same moment fail on each other's tables.
        with FileLock(f"{settings.dagster_home}.lock"):
            os.environ.update(settings.prepare_dagster_home())
            stack.enter_context(connections_kept_open())
            instance = stack.enter_context(dg.DagsterInstance.get())
            instance.get_runs_count()
            instance.event_log_storage.get_maximum_record_id()
        repository = ReconstructableRepository.for_module(
            DEFINITIONS_MODULE, "defs", working_directory=str(PROJECT_ROOT)
        )
        job = repository.get_reconstructable_job(JOB_NAME)
        definition = job.get_definition()
        run = instance.create_run_for_job(
            job_def=definition,
            run_config=definition.run_config,
            tags={"dagster/from_cli": "xianzhi run"},
            remote_job_origin=job_origin(),
            job_code_origin=job.get_python_origin(),
        )
        result = execute_run(job, run, instance)
        return record(result.run_id, result.success, result.all_events, settings)


def job_origin() -> RemoteJobOrigin:
    """Where the UI finds the job: in the code location that `dg dev` serves."""
    target = LoadableTargetOrigin(
        executable_path=sys.executable, module_name=DEFINITIONS_MODULE, working_directory=str(PROJECT_ROOT)
    )
    location = ManagedGrpcPythonEnvCodeLocationOrigin(target, CODE_LOCATION)
    return RemoteJobOrigin(RemoteRepositoryOrigin(location, REPOSITORY), JOB_NAME)
