"""An atlas of the project's own documents and of one that means harm, made by a whole run."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.settings import PROJECT_ROOT, Settings

HOSTILE = """<script>document.title = "hijacked"</script>昆山市<img src=x onerror="document.title='hijacked'">统计公报
发布时间：2024-02-18 来源：昆山市人民政府
2023年，昆山市实现地区生产总值5140.6亿元，比上年增长5.2%。
\u200f<b onmouseover="alert(1)">一般公共预算收入430.1亿元</b>。
{{ 7 * 7 }} {% raw %} &lt;script&gt; ]]> --> </main></body>\x07
2023年，昆山市有=HYPERLINK("http://example.com")企业12家。
"""


@dataclass(frozen=True)
class Atlas:
    """A site, and the file that it shows."""

    folder: Path
    warehouse: Path


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """The site as a run leaves it."""
    home = tmp_path_factory.mktemp("atlas")
    settings = Settings(seeds=home / "seeds", data=home / "data")
    shutil.copytree(PROJECT_ROOT / "seeds", settings.seeds)
    (settings.seeds / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    command = [sys.executable, "-m", "pipelines.cli", "run"]
    environment = {**os.environ, **settings.to_environment()}
    environment.pop("XIANZHI_CORRECTIONS", None)
    result = subprocess.run(
        command, cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return Atlas(settings.atlas_path, settings.warehouse_path)
