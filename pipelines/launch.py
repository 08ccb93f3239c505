"""Runs the job `refresh` in this process, on the persistent Dagster instance: in the UI the run is one of its own.

Belongs here: starting a run and taking down what came of it. Does not belong here: telling a person (`recap.py`), or
deciding that a run is due (`automation.py`).
"""

import os
import sys
from dataclasses import dataclass, field
from typing import Any

import dagster as dg
from dagster._core.definitions.reconstruct import ReconstructableRepository
from dagster._core.execution.api import execute_run
from dagster._core.remote_origin import (
    ManagedGrpcPythonEnvCodeLocationOrigin,
    RemoteJobOrigin,
    RemoteRepositoryOrigin,
)
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin

from pipelines.automation import JOB_NAME
from pipelines.settings import PROJECT_ROOT, Settings

DEFINITIONS_MODULE = "pipelines.definitions"
# As in [tool.dg.project] of pyproject.toml; the UI finds the job of a run by these names.
CODE_LOCATION = "xianzhi"
REPOSITORY = "__repository__"


@dataclass
class RunRecord:
    """What came of a run.

    Attributes:
        run_id: the run in the Dagster instance.
        success: whether it ended well.
        seconds: seconds of each step, in the order in which they ended.
        materialized: metadata of each asset, by key (`quality/rejected`).
        checks: asset key, name, severity (`ERROR`, `WARN`) and whether it passed, of each check.
        failed_step: the step that the run failed in.
        error: why it failed.
        log: where the messages of the run are.
    """

    run_id: str
    success: bool
    seconds: dict[str, float] = field(default_factory=dict)
    materialized: dict[str, dict[str, Any]] = field(default_factory=dict)
    checks: list[tuple[str, str, str, bool]] = field(default_factory=list)
    failed_step: str | None = None
    error: str | None = None
    log: str | None = None


def run_refresh(settings: Settings) -> RunRecord:
    """Materialize all assets in one run."""
    os.environ.update(settings.prepare_dagster_home())
    repository = ReconstructableRepository.for_module(DEFINITIONS_MODULE, "defs", working_directory=str(PROJECT_ROOT))
    job = repository.get_reconstructable_job(JOB_NAME)
    with dg.DagsterInstance.get() as instance:
        definition = job.get_definition()
        run = instance.create_run_for_job(
            job_def=definition,
            run_config=definition.run_config,
            tags={"dagster/from_cli": "xianzhi run"},
            remote_job_origin=job_origin(),
            job_code_origin=job.get_python_origin(),
        )
        result = execute_run(job, run, instance)
        return _record(result, settings)


def job_origin() -> RemoteJobOrigin:
    """Where the UI finds the job: in the code location that `dg dev` serves."""
    target = LoadableTargetOrigin(
        executable_path=sys.executable, module_name=DEFINITIONS_MODULE, working_directory=str(PROJECT_ROOT)
    )
    location = ManagedGrpcPythonEnvCodeLocationOrigin(target, CODE_LOCATION)
    return RemoteJobOrigin(RemoteRepositoryOrigin(location, REPOSITORY), JOB_NAME)


def _record(result: dg.JobExecutionResult, settings: Settings) -> RunRecord:
    """Take down the events of a run."""
    record = RunRecord(result.run_id, result.success)
    for event in result.all_events:
        if event.is_step_success:
            record.seconds[str(event.step_key)] = event.step_success_data.duration_ms / 1000
        elif event.is_step_materialization:
            materialization = event.step_materialization_data.materialization
            values = {name: value.value for name, value in materialization.metadata.items()}
            record.materialized[materialization.asset_key.to_user_string()] = values
        elif event.event_type_value == dg.DagsterEventType.ASSET_CHECK_EVALUATION.value:
            check = event.asset_check_evaluation_data
            name = check.asset_key.to_user_string()
            record.checks.append((name, check.check_name, check.severity.value, check.passed))
        elif event.is_step_failure and record.failed_step is None:
            record.failed_step = event.step_key
            error = event.step_failure_data.error
            # Dagster tells how it came by an error, and gives the error itself as the cause.
            while error is not None and error.cause is not None and str(error.cls_name).startswith("Dagster"):
                error = error.cause
            record.error = error.message.strip() if error is not None else None
        elif event.is_run_failure and record.error is None:
            failure = event.job_failure_data.error
            record.error = failure.message.strip() if failure is not None else event.message
    record.log = str(settings.dagster_home / "storage" / result.run_id / "compute_logs")
    return record
