"""The READMEs keep their word: every target and command in them exists, and every command is in them and tested.

That their queries answer and their links lead somewhere is in `test_docs.py`.
"""

import re

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.settings import PROJECT_ROOT

README = (PROJECT_ROOT / "README.md").read_text("utf-8")


def test_every_make_target_exists() -> None:
    makefile = (PROJECT_ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


# Its help is that of another program, which takes the place of the process.
PASSED_ON = "dg"
COMMANDS = {
    command.name or command.callback.__name__: command for command in app.registered_commands if command.callback
}


def _table(page: str) -> dict[str, str]:
    """The rows of the table of commands: what is typed, and what it does."""
    return dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", (PROJECT_ROOT / page).read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_the_table_has_the_commands_that_help_has(page: str) -> None:
    called = {line.split()[-1] for line in _table(page) if line.startswith(".venv/bin/xianzhi ")}
    assert called == set(COMMANDS)


def test_both_languages_have_the_same_commands_and_queries_on_the_same_tables() -> None:
    assert set(_table("README.zh.md")) == set(_table("README.md"))


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_every_option_in_the_table_is_in_help(page: str) -> None:
    for line, told in _table(page).items():
        name = line.split()[-1]
        if not line.startswith(".venv/bin/xianzhi ") or name == PASSED_ON:
            continue
        # Wide enough that rich breaks no option.
        shown = CliRunner(env={"COLUMNS": "300", "TERM": "dumb"}).invoke(app, [name, "--help"]).output
        for option in re.findall(r"--[a-z]+", told):
            assert option in shown, (name, option)


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {PASSED_ON}))
def test_every_help_has_an_example(name: str) -> None:
    shown = CliRunner(env={"COLUMNS": "300", "TERM": "dumb"}).invoke(app, [name, "--help"])
    assert shown.exit_code == 0
    examples = shown.output.partition("For example:")[2]
    assert f"xianzhi {name}" in examples


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_tested(name: str) -> None:
    called = re.compile(rf"""(?:xianzhi\(|pipelines\.cli", |invoke\(app, \[)\s*"{name}\"""")
    tests = (PROJECT_ROOT / "tests").rglob("*.py")
    assert any(called.search(file.read_text("utf-8")) for file in tests), name
