"""The Dagster UI in a real Chromium: the samples are materialized with one click, and an asset tells about itself."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect

from pipelines.settings import Settings
from tests.chromium import chromium, needs_chromium
from tests.live import dagster_ui

pytestmark = [pytest.mark.slow, needs_chromium]

# A machine that does other work as well needs more than it takes by itself: start 10 s, run 10 s.
START_MS = 60_000
RUN_MS = 90_000
COLUMNS = ("observation_id", "ref_area", "indicator", "obs_value")
CHECKS = ("constraints", "doubts", "key", "quote", "refusals")


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def samples(settings: Settings, project_seeds: Path) -> Settings:
    shutil.copytree(project_seeds, settings.seeds, dirs_exist_ok=True)
    return settings


def open_graph(page: Page, address: str) -> None:
    """The graph of all assets, as soon as the UI answers."""
    page.context.set_default_timeout(START_MS)
    for _ in range(START_MS // 500):
        try:
            page.goto(f"{address}/asset-groups")
            break
        except Exception as error:
            if "ERR_CONNECTION" not in str(error):
                raise
            page.wait_for_timeout(500)
    expect(page.get_by_role("button", name="Materialize all")).to_be_enabled(timeout=START_MS)


def test_one_click_materializes_everything_and_an_asset_shows_columns_checks_and_charts(
    samples: Settings, browser: Browser, tmp_path: Path
) -> None:
    with dagster_ui(samples, tmp_path / "dg.log") as address:
        page = browser.new_context(viewport={"width": 1440, "height": 1000}).new_page()
        open_graph(page, address)
        for group in ("reading", "cleaning", "extraction", "validation", "quality", "warehouse", "marts", "atlas"):
            expect(page.get_by_text(group, exact=True).first).to_be_visible()
        page.keyboard.press("Alt+E")
        page.get_by_role("button", name="Materialize all").click()
        toast = page.get_by_text(re.compile("Launched run"))
        expect(toast).to_be_visible(timeout=START_MS)
        page.get_by_role("link", name="View", exact=True).click()
        expect(page.get_by_text("Success", exact=True).first).to_be_visible(timeout=RUN_MS)
        # The file is there, and whole.
        with duckdb.connect(samples.warehouse_path, read_only=True) as connection:
            [(count,)] = connection.execute("SELECT count(*) FROM observations").fetchall()
        assert count > 250

        # From the expanded graph to the asset.
        page.goto(f"{address}/asset-groups")
        page.keyboard.press("Alt+E")
        page.get_by_placeholder("Jump to…").fill("observations")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="View in Asset Catalog").click()
        for column in COLUMNS:
            expect(page.get_by_text(column, exact=True).first).to_be_visible()
        expect(page.get_by_text("DECIMAL(38,6)").first).to_be_visible()
        expect(page.get_by_text("Row count").first).to_be_visible()
        expect(page.get_by_text("by_rule").first).to_be_attached()
        expect(page.get_by_role("cell", name=re.compile("^█{24}$")).first).to_be_attached()
        expect(page.get_by_text(str(samples.atlas_path / "indicators.html")).first).to_be_attached()

        page.get_by_role("tab", name="Checks").click()
        for check in CHECKS:
            expect(page.get_by_text(check, exact=True).first).to_be_visible()
        # One for each in the list; the one that is open says so again.
        expect(page.get_by_text("Succeeded", exact=True).nth(len(CHECKS) - 1)).to_be_visible()
        expect(page.get_by_text("Failed", exact=True)).to_have_count(0)
        expect(page.get_by_text(f"{count} looked at, none failed").first).to_be_visible()
