"""What several tests share: folders of their own for seeds and data, and the documents of the project."""

from pathlib import Path

import pytest

from pipelines.settings import PROJECT_ROOT, Settings

PAGE = """{place}2023年经济运行情况
发布时间：2024-02-18 来源：{place}人民政府
2023年，{place}实现地区生产总值{product}亿元，比上年增长{growth}%。
一般公共预算收入{revenue}亿元。
"""


def write_page(folder: Path, name: str, place: str = "昆山市", product: str = "5140.6", growth: str = "5.2") -> Path:
    """A small page with figures; every argument makes another document."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAGE.format(place=place, product=product, growth=growth, revenue="430.1"), encoding="utf-8")
    return path


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with empty folders of their own, in the environment as well, where sensor and resource read them."""
    folders = Settings(seeds=tmp_path / "seeds", data=tmp_path / "data")
    folders.seeds.mkdir()
    for name, value in folders.to_environment().items():
        monkeypatch.setenv(name, value)
    return folders


@pytest.fixture(scope="session")
def project_seeds() -> Path:
    """The sample documents of the project."""
    return PROJECT_ROOT / "seeds"
