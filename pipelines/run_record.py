"""What came of a run, read from its events.

Belongs here: the record and how it is taken down. Does not belong here: starting a run (`launch.py`), or telling people
(`recap.py`, `failures.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import dagster as dg
from dagster._utils.error import SerializableErrorInfo

from pipelines.settings import Settings


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


def record_of(instance: dg.DagsterInstance, run: dg.DagsterRun) -> RunRecord:
    """What came of a run that is over, from the events that the instance has kept."""
    events = [entry.dagster_event for entry in instance.all_logs(run.run_id) if entry.dagster_event is not None]
    return record(run.run_id, run.is_success, events, Settings.from_environment())


def record(run_id: str, success: bool, events: Iterable[dg.DagsterEvent], settings: Settings) -> RunRecord:
    """Take down the events of a run."""
    told = RunRecord(run_id, success)
    for event in events:
        if event.is_step_success:
            told.seconds[str(event.step_key)] = event.step_success_data.duration_ms / 1000
        elif event.is_step_materialization:
            materialization = event.step_materialization_data.materialization
            values = {name: value.value for name, value in materialization.metadata.items()}
            told.materialized[materialization.asset_key.to_user_string()] = values
        elif event.event_type_value == dg.DagsterEventType.ASSET_CHECK_EVALUATION.value:
            check = event.asset_check_evaluation_data
            name = check.asset_key.to_user_string()
            told.checks.append((name, check.check_name, check.severity.value, check.passed))
        elif event.is_step_failure and told.failed_step is None:
            told.failed_step = event.step_key
            told.error = _message(event.step_failure_data.error)
        elif event.is_run_failure and told.error is None:
            told.error = _message(event.job_failure_data.error) or event.message
    told.log = str(settings.dagster_home / "storage" / run_id / "compute_logs")
    return told


def _message(error: SerializableErrorInfo | None) -> str | None:
    """Dagster tells how it came by an error, and gives the error itself as the cause."""
    while error is not None and error.cause is not None and str(error.cls_name).startswith("Dagster"):
        error = error.cause
    return error.message.strip() if error is not None else None
