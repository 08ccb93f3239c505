"""The command line as a user types it, in a process of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.lake import Lake
from pipelines.settings import PROJECT_ROOT, Settings
from tests.conftest import write_page
from tests.validation.rows import DOC, row, typed
from tests.warehouse.world import built, refusal, refusals, rows_of
from warehouse.swap import builds_before


def xianzhi(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipelines.cli", *arguments]
    return subprocess.run(
        command,
        cwd=PROJECT_ROOT,
        env={**os.environ, **environment},
        input="",
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(autouse=True)
def nothing_takes_the_place_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """`xianzhi ui` becomes another program, which a command that is called here must not."""

    def refuse(*_: object) -> None:
        raise AssertionError("the tests were about to become another program")

    monkeypatch.setattr(os, "execve", refuse)


def called(*arguments: str, **environment: str) -> Result:
    """The same without a process, for what needs none of its own."""
    return CliRunner().invoke(app, arguments, env=environment)


@pytest.fixture
def warehouse(settings: Settings) -> Path:
    settings.data.mkdir(parents=True)
    with duckdb.connect(settings.warehouse_path) as connection:
        connection.execute("CREATE TABLE observations AS SELECT '昆山市' AS ref_area_name, 5140.6 AS value")
    return settings.warehouse_path


def test_help_names_the_commands_without_loading_dagster():
    result = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pipelines.cli", "--help"],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(name in result.stdout for name in ("run", "status", "sql", "ui", "dg"))
    assert " dagster" not in result.stderr


def test_sql_prints_a_table(warehouse: Path):
    result = xianzhi("sql", "SELECT ref_area_name, value FROM observations")
    assert result.returncode == 0
    assert "昆山市" in result.stdout
    assert "5140.6" in result.stdout


def test_no_statements_answer_is_passed_over(warehouse: Path):
    result = xianzhi("sql", "SELECT 1 AS first; SELECT 2 AS second")
    assert re.search("first.*second", result.stdout, re.DOTALL)


def test_a_query_may_begin_with_a_comment(warehouse: Path):
    result = xianzhi("sql", "-- how many\nSELECT count(*) AS how_many FROM observations")
    assert (result.returncode, result.stderr) == (0, "")
    assert "how_many" in result.stdout


@pytest.mark.parametrize(
    "query", ["SELECT * FROM nowhere", "DELETE FROM observations", "CREATE TABLE copies AS FROM observations"]
)
def test_sql_changes_nothing_and_says_why_a_query_fails(query: str, warehouse: Path):
    result = xianzhi("sql", query)
    assert result.returncode == 1
    assert "Error" in result.stdout
    assert "Traceback" not in result.stderr


def test_sql_without_a_file_says_how_to_get_one(settings: Settings):
    result = xianzhi("sql", "SELECT 1")
    assert result.returncode == 1
    assert "make run" in result.stderr


def test_a_wrong_setting_is_a_sentence_not_a_traceback():
    result = xianzhi("run", XIANZHI_SHARD_SIZE="none")
    assert result.returncode == 2
    assert "XIANZHI_SHARD_SIZE=none" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_folder_is_a_sentence_and_starts_no_run(settings: Settings):
    settings.seeds.rmdir()
    result = xianzhi("run")
    assert result.returncode == 2
    assert "XIANZHI_SEEDS" in result.stderr
    assert "Traceback" not in result.stderr
    assert not settings.dagster_home.exists()


def test_a_folder_that_cannot_be_written_to_is_a_sentence(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    # The tests may run as root, whom no permission stops.
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != settings.data)
    told = CliRunner().invoke(app, ["run"])
    assert told.exit_code == 2
    assert "cannot be written to: XIANZHI_DATA names another folder" in told.stderr.replace("\n", " ")
    assert not settings.dagster_home.exists()


def test_a_run_that_fails_says_so(settings: Settings):
    settings.warehouse_path.mkdir(parents=True)
    result = xianzhi("run")
    assert result.returncode == 1
    assert "The run failed in step warehouse" in result.stdout


def test_a_damaged_file_is_a_sentence_and_is_built_anew(settings: Settings):
    settings.warehouse_path.parent.mkdir(parents=True)
    settings.warehouse_path.write_bytes(b"cut off")
    asked = xianzhi("sql", "SELECT 1")
    assert asked.returncode == 1
    assert "make run" in asked.stderr
    assert "Traceback" not in asked.stderr
    assert xianzhi("run").returncode == 0
    assert xianzhi("sql", "SELECT 1").returncode == 0


@pytest.fixture
def two_builds(settings: Settings) -> Path:
    """A published file with a refusal and a build before it that had another rank."""
    refused = refusals(refusal(record='{"observation_id": "0123456789abcdef"}', doc_id=DOC, raw_start=1, raw_end=4))
    built(settings.warehouse_path, keep=3)
    second = typed("rankings", row("rankings", rank=2))
    built(settings.warehouse_path, refused, rankings=second, keep=3)
    return settings.warehouse_path


def test_rejected_shows_the_words_and_the_reason(two_builds: Path):
    result = xianzhi("rejected")
    assert result.returncode == 0
    assert "news/a.txt  hard_range: too much" in result.stdout
    # The byte order mark before the words is no mark that a terminal should get.
    assert "…昆山市" in result.stdout
    assert "fact 0123456789abcdef" in result.stdout
    assert "Nothing was refused that fits." in xianzhi("rejected", "--rule", "soft_range").stdout
    assert "Nothing was refused that fits." in xianzhi("rejected", "--document", "b.txt").stdout


def test_diff_counts_and_shows_what_changed(two_builds: Path):
    result = xianzhi("diff", "rankings")
    assert result.returncode == 0
    assert re.search(r"rankings +0 +0 +1 +0", result.stdout)
    assert "rank=1" in result.stdout.partition("before")[2]
    assert "rank=2" in result.stdout.partition("after")[2]
    nowhere = xianzhi("diff", "nowhere")
    assert nowhere.returncode == 2
    assert "There is no table nowhere" in nowhere.stderr


def test_restore_lists_builds_and_brings_one_back(two_builds: Path):
    [name] = [line.split()[0] for line in xianzhi("restore").stdout.splitlines()]
    assert xianzhi("restore", name).returncode == 0
    assert rows_of(two_builds, "SELECT rank FROM rankings") == [(1,)]
    wrong = xianzhi("restore", "yesterday")
    assert wrong.returncode == 1
    assert "No such build can be opened" in wrong.stderr


def test_a_damaged_build_is_told_and_neither_compared_nor_brought_back(two_builds: Path):
    [build] = builds_before(two_builds)
    build.write_bytes(build.read_bytes()[:5000])
    assert "damaged" in xianzhi("restore").stdout
    for arguments in (["restore", build.stem], ["diff"]):
        told = xianzhi(*arguments)
        assert told.returncode == 1
        assert "No such build can be opened" in told.stderr
    assert rows_of(two_builds, "SELECT rank FROM rankings") == [(2,)]
    two_builds.write_bytes(b"cut off")
    for command in ("diff", "rejected"):
        told = xianzhi(command)
        assert told.returncode == 1
        assert "is damaged and cannot be opened: `make run` builds it." in told.stderr.replace("\n", " ")


@pytest.mark.parametrize("command", ["sql", "rejected", "diff", "atlas"])
def test_without_a_warehouse_a_command_says_how_to_get_one(command: str, settings: Settings):
    result = xianzhi(command)
    assert result.returncode == 1
    assert "`make run` builds it" in result.stderr


def test_atlas_says_where_the_site_is(two_builds: Path, settings: Settings):
    result = xianzhi("atlas")
    assert result.returncode == 0
    assert f"{settings.atlas_path / 'index.html'}  (" in result.stdout
    assert (settings.atlas_path / "index.html").is_file()
    shutil.rmtree(settings.atlas_path)
    settings.atlas_path.write_text("a file", encoding="utf-8")
    told = called("atlas")
    assert told.exit_code == 1
    assert "is a file where the site wants a folder: move it away" in told.stderr


@pytest.mark.slow
def test_two_runs_at_once_follow_each_other(settings: Settings):
    for number in range(4):
        write_page(settings.seeds, f"{number}.txt", product=str(1000 + number))
    command = [sys.executable, "-m", "pipelines.cli", "run"]
    environment = {**os.environ, **settings.to_environment()}
    with Lake(settings.lake_root).lock("the test"):
        runs = [
            subprocess.Popen(
                command, cwd=PROJECT_ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            for _ in range(2)
        ]
        for run in runs:
            assert run.stderr is not None
            assert "Another run is under way (the test, process" in run.stderr.readline()
    told = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], told
    # Whoever came second found nothing left to do.
    assert sum("Nothing new" in recap for recap, _ in told) == 1
    assert rows_of(settings.warehouse_path, "SELECT count(*) FROM documents") == [(4,)]


TEXT = "2024年，全县粮食产量超26万吨，增长3.1%，位居全市第二。还有7个。"


def read(*arguments: str, text: str | bytes = TEXT) -> subprocess.CompletedProcess[bytes]:
    data = text if isinstance(text, bytes) else text.encode()
    command = [sys.executable, "-m", "pipelines.cli", "read", *arguments]
    return subprocess.run(command, cwd=PROJECT_ROOT, input=data, capture_output=True, check=False, timeout=60)


def test_read_prints_the_facts_of_a_text():
    result = read("--place", "430626")
    told = result.stdout.decode()
    assert result.returncode == 0
    assert re.search(r"平江县 +粮食产量 +≥26 万吨 +2024", told)
    assert re.search(r"3\.1 % +2024 +growth", told)
    assert "岳阳市" in told
    assert "not understood: 7" in told


def test_read_takes_other_encodings_and_gives_json(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT.encode("gb18030"))
    found = json.loads(read(str(file), "--json", "--published", "2025-02-01").stdout)
    assert found["observations"][0]["value"] == "26"
    assert len(found["number_ledger"]) >= 4


@pytest.mark.parametrize(
    ("arguments", "text", "words"),
    [
        (("--place", "999999"), TEXT, "is no code of a place"),
        (("/nowhere.txt",), TEXT, "cannot be read: No such file"),
        ((), bytes(range(256)) * 4, ""),
        ((), " \n", "standard input holds no text"),
        (("--place", "[/red]"), TEXT, "[/red] is no code of a place"),
    ],
)
def test_read_says_what_is_wrong(arguments: tuple[str, ...], text: str | bytes, words: str):
    result = read(*arguments, text=text)
    assert result.returncode in (1, 2)
    assert words in result.stderr.decode()
    assert b"Traceback" not in result.stderr


@pytest.fixture
def published_facts(settings: Settings) -> Path:
    built(settings.warehouse_path)
    return settings.warehouse_path


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (("--place", "昆山"), 1),
        (("--place", "320583", "--indicator", "gdp", "--period", "20"), 1),
        (("--indicator", "地区生产总值"), 1),
        (("--place", "苏州"), 0),
        (("--period", "2022"), 0),
        (("--place", " ３２０５８３ ", "--indicator", "ＧＤＰ", "--period", "２０２３年"), 1),
        (("--place", "崑山市", "--indicator", "地區生產總值"), 1),
        (("--place", "' OR '1'='1"), 0),
        (("--place", "\udcff"), 0),
        (("--limit", "9" * 30), 1),
    ],
)
def test_facts_are_found(arguments: tuple[str, ...], count: int, published_facts: Path):
    result = xianzhi("facts", *arguments, "--format", "csv")
    assert result.returncode == 0
    assert len(result.stdout.splitlines()) == 1 + count
    assert ("0 observations" in result.stderr) == (count == 0)


def test_facts_are_written(published_facts: Path, tmp_path: Path):
    target = tmp_path / "facts.parquet"
    assert xianzhi("facts", "--format", "parquet", "--output", str(target)).returncode == 0
    assert pl.read_parquet(target)["ref_area_name"].to_list() == ["昆山市"]
    assert "5140.06 亿元" in xianzhi("facts").stdout
    assert json.loads(xianzhi("facts", "--format", "json").stdout)[0]["quote"] == "地区生产总值达5140.06亿元"
    assert xianzhi("facts", "--format", "parquet").returncode == 2
    assert xianzhi("facts", "--format", "xml").returncode == 2


def test_facts_left_out_are_counted(settings: Settings):
    rows = [row("observations"), *(row("observations", observation_id=f"{number:064x}") for number in range(2))]
    built(settings.warehouse_path, observations=pl.concat(typed("observations", one) for one in rows))
    for form in ("table", "csv", "json"):
        assert "… and 1 more; --limit 3 shows them all." in called("facts", "--limit", "2", "--format", form).stderr
    assert called("facts", "--limit", "3").stderr == ""


@pytest.mark.parametrize("form", ["table", "csv", "json", "parquet"])
def test_facts_that_cannot_be_written_are_a_sentence(form: str, published_facts: Path, tmp_path: Path):
    for target in (tmp_path / "nowhere" / "[red]", tmp_path):
        told = called("facts", "--format", form, "--output", str(target))
        assert told.exit_code == 1
        assert f"{target} cannot be written to: " in told.stderr.replace("\n", "")


def test_what_looks_like_markup_is_shown_as_it_was_typed(two_builds: Path):
    for code, arguments, environment in (
        (2, ("run",), {"XIANZHI_ENGINE": "[/red]"}),
        (2, ("status",), {"XIANZHI_CORRECTIONS": "[/red]"}),
        (2, ("diff", "[/red]"), {}),
        (1, ("show", "[/red]"), {}),
        (1, ("explain", "[/red]"), {}),
        (1, ("sql", "'[/red]"), {}),
    ):
        told = called(*arguments, **environment)
        assert (told.exit_code, type(told.exception)) == (code, SystemExit), arguments
        assert "[/red]" in told.output


@pytest.mark.parametrize("command", ["run", "status", "ui", "facts"])
def test_a_file_instead_of_the_folder_for_data_is_named(command: str, tmp_path: Path, settings: Settings):
    (tmp_path / "[red]").write_text("a file", encoding="utf-8")
    for data in (tmp_path / "[red]", tmp_path / "[red]" / "below"):
        told = called(command, XIANZHI_DATA=str(data))
        assert told.exit_code == 2
        assert f"XIANZHI_DATA={data}: {tmp_path / '[red]'} is a file, not a folder" in told.stderr


def test_folders_with_brackets_in_their_names(settings: Settings, tmp_path: Path):
    """Square brackets are markup to the library that prints."""
    folders = {"XIANZHI_SEEDS": str(tmp_path / "[s]"), "XIANZHI_DATA": str(tmp_path / "[d]")}
    write_page(tmp_path / "[s]", "[b].txt")
    for command in (("status",), ("run",), ("atlas",), ("facts",), ("show", "[b]"), ("restore",)):
        told = called(*command, **folders)
        assert told.exit_code == 0, told.output
    assert "[d]" in called("atlas", **folders).stdout


@pytest.mark.parametrize("port", ["0", "65536", "99999999"])
def test_a_port_that_cannot_be_is_a_sentence(port: str):
    told = called("ui", "--port", port)
    assert told.exit_code == 2
    assert "1<=x<=65535" in told.stderr


def test_the_example_of_restore_has_the_form_of_a_name(two_builds: Path):
    [name] = [line.split()[0] for line in called("restore").stdout.splitlines()]
    example = re.search(r"xianzhi restore (\S+)", called("restore", "--help").stdout)
    assert example is not None
    assert re.sub("[0-9]", "0", example[1]) == re.sub("[0-9]", "0", name)


def test_status_says_what_the_next_run_would_do_and_changes_nothing(settings: Settings):
    write_page(settings.seeds, "a.txt")
    result = xianzhi("status")
    assert result.returncode == 0
    assert re.search(r"new +a\.txt", result.stdout)
    assert "The published file is stale" in result.stdout
    assert not settings.warehouse_path.exists()
