"""When a run starts by itself: the job, the sensor for documents, the daily schedule.

Belongs here: deciding that there is something to do, and that nobody does it already. Does not belong here: doing it
(`assets.py`).
"""

import time

import dagster as dg

from pipelines.failures import write_report
from pipelines.flow import Flow
from pipelines.inventory import SeedsError
from pipelines.lake import LakeLocked
from pipelines.run_record import record_of
from pipelines.settings import Settings
from pipelines.stages import forget_versions
from schemas.corrections import CorrectionsError

JOB_NAME = "refresh"
SENSOR_INTERVAL_SECONDS = 30
# How long files have to stay the same before a run is started for them.
SETTLE_SECONDS = 1.0

refresh = dg.define_asset_job(
    JOB_NAME,
    selection=dg.AssetSelection.all(),
    description="Works off everything that is new or stale, from the files to the warehouse.",
    # What a run does is in its events, which the UI shows; the terminal belongs to the recap.
    config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
)

UNDER_WAY = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def run_under_way(instance: dg.DagsterInstance, flow: Flow) -> dg.DagsterRun | None:
    """A run that is waiting or working, if there is one.

    A run that says it has started while nobody holds the lake is dead: its process was killed. It is reported as
    failed, so that it does not keep others waiting for ever.
    """
    for record in instance.get_run_records(dg.RunsFilter(statuses=UNDER_WAY)):
        run = record.dagster_run
        if run.status is dg.DagsterRunStatus.STARTED and _is_dead(record, flow):
            instance.report_run_failed(
                run, "The process of this run is gone; what it left is picked up by the next run."
            )
        else:
            return run
    return None


def _is_dead(record: dg.RunRecord, flow: Flow) -> bool:
    """Whether a started run does not hold the lake, although it has had the time to take it."""
    started = record.start_time or record.create_timestamp.timestamp()
    if time.time() - started < SENSOR_INTERVAL_SECONDS:
        return False
    try:
        with flow.lake.lock("looking for dead runs", timeout=0):
            return True
    except LakeLocked:
        return False


@dg.sensor(
    job=refresh,
    minimum_interval_seconds=SENSOR_INTERVAL_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Looks at the seeds folder: starts one run for all documents that are new, changed or removed, and "
    "when code or registry have changed since the last build.",
)
def new_documents(context: dg.SensorEvaluationContext) -> dg.SkipReason | dg.RunRequest:
    """Compare what a build would be made of now with what the published one was made of.

    The cursor is the build that was last asked for, so that a build that fails is not asked for again until something
    changes.
    """
    forget_versions()
    try:
        flow = Flow(Settings.from_environment())
    except CorrectionsError as error:
        return dg.SkipReason(str(error))
    if run := run_under_way(context.instance, flow):
        return dg.SkipReason(
            f"Run {run.run_id} is {run.status.value.lower()}; what is new meanwhile is in the next one."
        )
    try:
        inventory = flow.scan()
    except SeedsError as error:
        return dg.SkipReason(str(error))
    wanted = flow.published.wanted_key()
    if wanted == flow.published.key():
        return dg.SkipReason(f"Nothing new: all {len(inventory.paths)} documents are published.")
    if wanted == context.cursor:
        return dg.SkipReason(
            "A run for exactly these documents and this code has been started already; see the last run."
        )
    # A file that is still being copied has other bytes a moment later; the next look finds it whole.
    time.sleep(SETTLE_SECONDS)
    if flow.scan().fingerprint != inventory.fingerprint:
        return dg.SkipReason("Files are still being written; the next look finds them whole.")
    context.update_cursor(wanted)
    changes = inventory.since(flow.published.inventory())
    return dg.RunRequest(tags={"xianzhi/documents": changes.describe()})


@dg.run_failure_sensor(
    monitored_jobs=[refresh],
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Writes a report of a run that failed into the folder failures beside the published file.",
)
def report_failure(context: dg.RunFailureSensorContext) -> None:
    """Tell people who do not watch the UI; a mail or a message can be sent from the same words."""
    record = record_of(context.instance, context.dagster_run)
    write_report(record, Settings.from_environment())


daily_refresh = dg.ScheduleDefinition(
    name="daily_refresh",
    job=refresh,
    cron_schedule="30 3 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="A safety net under the sensor: once a day, whatever it may have missed.",
)
