"""The site in a real Chromium, opened from the disk: accessible, silent, and useful with and without JavaScript."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from pipelines.atlas import evidence_page
from tests.atlas.conftest import Atlas
from tests.chromium import chromium, needs_chromium

GRAVE = ("serious", "critical")

pytestmark = [pytest.mark.slow, needs_chromium]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1440, "height": 1000})
    yield opened
    opened.close()


def sample(atlas: Atlas) -> list[str]:
    """Every page at the top, one of usual size of each folder, one with charts, and the document that means harm."""
    pages = [path.name for path in atlas.folder.glob("*.html")]
    for folder in ("places", "indicators", "documents", "plans"):
        by_size = sorted((atlas.folder / folder).glob("*.html"), key=lambda path: path.stat().st_size)
        pages.append(f"{folder}/{by_size[len(by_size) // 2].name}")
    for folder, words in (("places", 'class="marks"'), ("documents", "hijacked")):
        found = sorted(path for path in (atlas.folder / folder).glob("*.html") if words in path.read_text("utf-8"))
        pages.append(f"{folder}/{found[0].name}")
    return pages


def a_document(atlas: Atlas) -> str:
    pages = sorted((atlas.folder / "documents").glob("*.html"), key=lambda path: path.stat().st_size)
    return pages[-1].as_uri()


def watched(page: Page) -> tuple[list[str], list[str]]:
    """What a page will say on the console and in dialogs, and what it will ask for."""
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    return said, asked


def grave_violations(page: Page) -> list[tuple[str, str]]:
    """What keeps people from using a page."""
    # Told not to fetch the style sheet, which the page forbids to its scripts.
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
    violations = found.response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:300]) for one in violations if one["impact"] in GRAVE]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_pages_are_silent_accessible_and_as_wide_as_the_screen(
    width: int, scheme: str, atlas: Atlas, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    said, asked = watched(page)
    for address in sample(atlas):
        page.goto((atlas.folder / address).as_uri())
        assert page.title() != "hijacked"
        assert grave_violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert said == []
    assert [url for url in asked if not url.startswith(atlas.folder.as_uri()) and not url.startswith("data:")] == []
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_a_document_as_one_file_asks_for_nothing_and_obeys_nothing(
    width: int, scheme: str, atlas: Atlas, browser: Browser, tmp_path: Path
) -> None:
    with duckdb.connect(atlas.warehouse, read_only=True) as connection:
        [(doc_id,)] = connection.execute("SELECT doc_id FROM documents WHERE file_name = 'hostile.txt'").fetchall()
    file = tmp_path / "evidence.html"
    file.write_text(evidence_page(atlas.warehouse, doc_id), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    said, asked = watched(page)
    page.goto(file.as_uri())
    assert page.title() != "hijacked"
    assert '<script>document.title = "hijacked"</script>' in page.locator(".raw").inner_text()
    assert grave_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("a.fact").first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    assert said == []
    assert [url for url in asked if url != file.as_uri() and not url.startswith("data:")] == []
    context.close()


def test_without_javascript_a_click_on_words_shows_the_fact(atlas: Atlas, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    page.goto((atlas.folder / "index.html").as_uri())
    expect(page.get_by_role("searchbox")).to_have_count(0)
    page.get_by_role("link", name="文档 Documents", exact=True).click()
    page.locator("table a").first.click()
    words = page.locator("a.fact").first
    fact = (words.get_attribute("href") or "")[1:]
    words.click()
    card = page.locator(f"[id='{fact}']")
    expect(card).to_be_in_viewport()
    expect(card.locator("mark")).to_be_visible()
    assert page.url.endswith(f"#{fact}")
    context.close()


def test_the_card_of_a_fact_stands_by_its_words(atlas: Atlas, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(a_document(atlas))
    words = page.locator("a.fact").nth(3)
    words.hover()
    popover = page.get_by_role("tooltip")
    expect(popover).to_be_visible()
    facts = (words.get_attribute("data-facts") or "").split()
    expect(popover.locator(".card")).to_have_count(len(facts))
    expect(words).to_have_attribute("aria-describedby", "popover")
    page.keyboard.press("Escape")
    expect(popover).to_be_hidden()
    # The keyboard shows it as well.
    page.locator(".raw a.fact:not([tabindex])").first.focus()
    page.keyboard.press("Tab")
    expect(popover).to_be_visible()


def test_a_tap_shows_the_card_and_stays(atlas: Atlas, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(a_document(atlas))
    page.locator("a.fact").nth(3).tap()
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.get_by_role("tooltip")).to_be_visible()
    context.close()


def test_a_link_to_a_fact_shows_its_words_and_its_card(atlas: Atlas, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(a_document(atlas))
    fact = page.locator(".card").last.get_attribute("id")
    page.goto(f"{a_document(atlas)}#{fact}")
    expect(page.locator(f"[id='{fact}']")).to_be_in_viewport()
    expect(page.locator(f"a.fact[data-facts~='{fact}']").first).to_be_in_viewport()
    expect(page.locator(f"a.fact[data-facts~='{fact}']").first).to_have_class(re.compile(r"\bcurrent\b"))


def test_search_finds_a_place_with_the_keyboard(atlas: Atlas, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto((atlas.folder / "documents.html").as_uri())
    page.locator("#q").fill("kunshan")
    expect(page.get_by_role("option").first).to_contain_text("昆山市")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_title("昆山市 · 县志")


def values(table: Locator) -> list[float]:
    cells = table.locator("tbody td.number[data-sort]")
    return [float(cell.get_attribute("data-sort") or 0) for cell in cells.all()]


def test_tables_sort_by_number(atlas: Atlas, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto((atlas.folder / "indicators/GDP.html").as_uri())
    table = page.locator("table.sortable").first
    heading = table.locator("th.number")
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "descending"
    down = values(table)
    assert len(down) > 3
    assert down == sorted(down, reverse=True)
    heading.get_by_role("button").click()
    assert values(table) == sorted(down)
