"""Staleness misses nothing: what a stage imports is part of its version, or of one before it."""

import ast
from importlib.util import find_spec
from pathlib import Path

import pytest

from pipelines import stages
from pipelines.flow import Flow
from pipelines.settings import Settings
from pipelines.stages import STAGES, Stage

# Small helpers that every stage may use, and that decide nothing about a row.
EVERYWHERE = {"pipelines.versions", "pipelines.patience"}
# The loader of the registry counts through the version of the registry.
REGISTRY = "schemas.registry"


def sources(package: str) -> list[Path]:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    origin = Path(spec.origin)
    return sorted(origin.parent.rglob("*.py")) if spec.submodule_search_locations else [origin]


def imports(package: str) -> set[str]:
    """The project's own modules that a package imports."""
    found = set()
    for source in sources(package):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [
                    f"{node.module}.{a.name}" if find_module(f"{node.module}.{a.name}") else node.module
                    for a in node.names
                ]
            found |= {name for name in names if name.split(".")[0] in ("pipelines", "schemas", "warehouse")}
    return found


def find_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def covered(stage: Stage) -> set[str]:
    packages = set(stage.packages)
    for before, _ in stage.inputs:
        packages |= covered(STAGES[before])
    return packages


@pytest.mark.parametrize("name", STAGES)
def test_what_a_stage_imports_is_in_its_version(name: str):
    stage = STAGES[name]
    known = covered(stage)
    missing = {
        module
        for package in stage.packages
        for module in imports(package) - EVERYWHERE
        if not any(module == one or module.startswith(f"{one}.") for one in known)
        and not (module.startswith(REGISTRY) and stage.registry)
    }
    assert not missing, f"{name}: add {sorted(missing)} to its packages in pipelines/stages.py"


def test_another_version_of_a_library_makes_its_documents_new(monkeypatch: pytest.MonkeyPatch):
    before = {name: stages.version(name) for name in STAGES}
    monkeypatch.setattr(stages, "library_version", lambda library: "99" if library == "pypdfium2" else "1")
    stages.forget_versions()
    try:
        # All stages come after reading.
        assert all(stages.version(name) != before[name] for name in STAGES)
    finally:
        monkeypatch.undo()
        stages.forget_versions()
    assert {name: stages.version(name) for name in STAGES} == before


@pytest.mark.parametrize("limit", Settings().limits)
def test_another_limit_lets_refused_files_in(limit: str, settings: Settings):
    higher = settings.model_copy(update={limit: settings.limits[limit] + 1})
    assert Flow(higher).raw_version() != Flow(settings).raw_version()
