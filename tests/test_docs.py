"""The documentation keeps its word: queries answer, Python runs, commands go well, links lead somewhere.

What is particular to the READMEs, such as their table of commands, is in `test_readme.py`.
"""

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.launch import run_refresh
from pipelines.settings import PROJECT_ROOT, Settings

PAGES = [*sorted((PROJECT_ROOT / "docs").rglob("*.md")), PROJECT_ROOT / "README.md", PROJECT_ROOT / "README.zh.md"]
WRITTEN = [page for page in PAGES if page.name not in ("dictionary.md", "rules.md")]
PUBLISHED = "warehouse/data/xianzhi.duckdb"


def blocks(language: str) -> list[tuple[str, str]]:
    """Blocks of code of one language in the pages, each with the name of its page."""
    fence = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
    found = [(page.name, *block) for page in WRITTEN for block in fence.findall(page.read_text("utf-8"))]
    return [(name, code) for name, written, code in found if written == language]


def commands() -> list[tuple[str, str]]:
    """Lines that call `xianzhi`, with the name of their page; not those that run it or open the UI or a prompt."""
    lines = [(name, line.strip()) for name, code in blocks("") for line in code.splitlines()]
    calls = [(name, re.sub(r"^\.venv/bin/", "", line)) for name, line in lines]
    return [(name, line) for name, line in calls if re.match(r"xianzhi (?!(?:run|ui|dg|diff|sql$)\b)", line)]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory, project_seeds: Path) -> Settings:
    """The warehouse of the samples."""
    settings = Settings(seeds=project_seeds, data=tmp_path_factory.mktemp("docs") / "data")
    record = run_refresh(settings)
    assert record.success, record.error
    return settings


@pytest.fixture
def warehouse(samples: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(samples.warehouse_path, read_only=True) as connection:
        yield connection


@pytest.fixture
def somewhere(samples: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with the exports of the samples, where a page's paths lead to the samples."""
    for name, value in samples.to_environment().items():
        monkeypatch.setenv(name, value)
    (tmp_path / PUBLISHED).parent.mkdir(parents=True)
    (tmp_path / PUBLISHED).symlink_to(samples.warehouse_path)
    (tmp_path / "page.txt").write_text("2024年，全县粮食产量26万吨。", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("page", "query"), blocks("sql"))
def test_every_query_answers(page: str, query: str, warehouse: duckdb.DuckDBPyConnection) -> None:
    assert warehouse.sql(query).fetchall(), page


@pytest.mark.slow
@pytest.mark.parametrize(("page", "code"), blocks("python"))
def test_every_piece_of_python_runs(page: str, code: str, somewhere: Path) -> None:
    assert CliRunner().invoke(app, ["export", "out", "--format", "parquet", "--format", "sdmx"]).exit_code == 0
    environment = {**os.environ, "PYTHONPATH": str(PROJECT_ROOT)}
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert result.returncode == 0, (page, result.stderr)


@pytest.mark.parametrize(("page", "line"), commands())
def test_every_command_goes_well(page: str, line: str, somewhere: Path) -> None:
    arguments = shlex.split(line)[1:]
    told = CliRunner().invoke(app, arguments)
    assert told.exit_code == 0, (page, told.output)
    assert told.output


def test_there_is_something_to_try() -> None:
    assert len(blocks("sql")) >= 15
    assert len(blocks("python")) >= 4
    assert len(commands()) >= 5


def test_every_link_leads_somewhere() -> None:
    for page in PAGES:
        for target, heading in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", page.read_text("utf-8")):
            found = (page.parent / target).resolve() if target else page
            assert found.exists(), (page.name, target)
            if heading:
                titles = re.findall(r"^#+ (.+)$", found.read_text("utf-8"), re.MULTILINE)
                anchors = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
                assert heading in anchors, (page.name, target, heading)


def test_every_file_that_is_named_exists() -> None:
    for page in WRITTEN:
        for path in re.findall(r"`((?:pipelines|schemas|tests|docs)/[\w/.]+?)/?`", page.read_text("utf-8")):
            assert (PROJECT_ROOT / path).exists(), (page.name, path)


def test_the_notebook_answers_five_questions(somewhere: Path) -> None:
    path = PROJECT_ROOT / "docs" / "notebooks" / "five_questions.py"
    spec = importlib.util.spec_from_file_location("five_questions", path)
    assert spec is not None
    assert spec.loader is not None
    notebook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(notebook)
    _, found = notebook.app.run()
    found["warehouse"].close()
    answers = {name: value for name, value in found.items() if isinstance(value, pl.DataFrame)}
    assert set(answers) == {"products", "targets", "growth", "ranked", "trust"}
    assert all(answer.height for answer in answers.values())
    # As the samples say it: 地区生产总值3363.50亿元.
    assert answers["products"].row(0, named=True)["product"] == pytest.approx(3363.5)
    # What grew slower than the product has a negative difference, the product itself none.
    assert answers["growth"].filter(indicator="地区生产总值", part="{}")["points_above_product"].to_list() == [0]
    assert answers["trust"].height == 10
