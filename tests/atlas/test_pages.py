"""What pages are put together from: escaped words, trees, units, a site of the smallest warehouse."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines.atlas import build_atlas
from pipelines.atlas.amounts import scale_of
from pipelines.atlas.charts import Chart, series_chart
from pipelines.atlas.drawing import Drawings
from pipelines.atlas.labels import Label
from pipelines.atlas.pages.plans import tree
from pipelines.atlas.reader import Row
from pipelines.atlas.series import Series
from pipelines.atlas.templating import both, environment
from tests.atlas.crawl import read_site
from tests.warehouse.world import built

SCRIPT = "<script>alert('县')</script>\u202e"
FACTORS = {("亿元", "CNY"): Decimal(10**8), ("万元", "CNY"): Decimal(10**4)}


@pytest.mark.parametrize("template", ["{{ words }}", "{{ words | truncate(99) }}", "<p title='{{ words }}'>"])
def test_words_of_a_document_are_escaped_and_harmless(template: str) -> None:
    shown = environment().from_string(template).render(words=SCRIPT)
    assert "<script" not in shown
    assert "\u202e" not in shown
    assert "&lt;script&gt;alert(&#39;县&#39;)&lt;/script&gt;⟨202E⟩" in shown


def test_labels_are_escaped_in_both_languages() -> None:
    shown = environment().from_string("{{ both(words) }}").render(words=Label("<b>县", "<i>\u200f"))
    assert shown == '&lt;b&gt;县 <span lang="en" class="en">&lt;i&gt;⟨200F⟩</span>'
    assert both(Label("同", "同")) == "同"


def row(value: str, unit: str | None, year: str = "2023", nature: str = "actual") -> dict[str, Any]:
    factor = FACTORS.get((unit or "", "CNY"), Decimal(1))
    return {
        "value": Decimal(value),
        "value_high": None,
        "obs_value": Decimal(value) * factor,
        "obs_value_high": None,
        "unit": unit,
        "unit_measure": "CNY",
        "bound": "exact",
        "nature": nature,
        "time_period": year,
    }


def test_values_are_shown_in_the_unit_that_documents_use_most() -> None:
    rows = [row("26.5", "亿元"), row("31", "亿元"), row("280000", "万元")]
    scale = scale_of(rows, FACTORS, "元")
    assert scale.unit == "亿元"
    assert [scale.shown(one) for one in rows] == ["26.5", "31", "28"]
    assert scale_of([row("5", None)], FACTORS, "元").unit == "元"


def test_a_chart_has_real_text_and_says_what_it_shows(tmp_path: Path) -> None:
    rows = (row("26.5", "亿元", "2021"), row("31", "亿元", "2023"))
    aims = (row("40", "亿元", "2025", "target"),)
    scale = scale_of(rows, FACTORS, "元")
    with Drawings(tmp_path) as drawings:
        drawn = drawings.ask(series_chart(Series("GDP", "地区生产总值", "", "level", scale, rows, aims), "建始县<b>"))()
    assert drawn.startswith("<svg")
    assert ">26.5</text>" in drawn
    assert "建始县&lt;b&gt;</title>" in drawn
    assert "2021年26.5亿元（实际）；2023年31亿元（实际）；2025年40亿元（目标）</desc>" in drawn
    assert drawn.count('role="') == 1
    assert "http" not in drawn.replace("http://www.w3.org/", "")


def test_a_target_stands_beside_what_was_reached_in_its_year() -> None:
    rows, scale = (row("26.5", "亿元", "2021"), row("31", "亿元", "2023")), scale_of([row("1", "亿元")], FACTORS, "元")

    def encoding(*aims: Row) -> dict[str, Any]:
        chart = series_chart(Series("GDP", "地区生产总值", "", "level", scale, rows, aims), "建始县")
        return dict(chart.specification["encoding"])

    assert "xOffset" not in encoding(row("40", "亿元", "2025", "target"))
    # A column behind another would hide it.
    assert encoding(row("40", "亿元", "2023", "target"))["xOffset"]["scale"]["domain"] == ["actual", "target"]


def test_a_chart_is_drawn_once_and_kept_while_it_is_asked_for(tmp_path: Path) -> None:
    one, other = ({"mark": "bar", "data": {"values": [{"a": value}]}} for value in (1, 2))
    with Drawings(tmp_path) as drawings:
        asked = [drawings.ask(Chart(one, "one", "")), drawings.ask(Chart(other, "other", ""))]
        first = [drawing() for drawing in asked]
    assert len(list(tmp_path.iterdir())) == 2
    # What lies there is taken: a file that was changed shows.
    for path in tmp_path.iterdir():
        path.write_text(path.read_text("utf-8").replace("<svg", '<svg data-kept=""', 1), encoding="utf-8")
    with Drawings(tmp_path) as drawings:
        again = drawings.ask(Chart(one, "one", ""))()
    assert again == str(first[0]).replace("<svg", '<svg data-kept=""', 1)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_build_that_fails_loses_no_chart(tmp_path: Path) -> None:
    with Drawings(tmp_path) as drawings:
        drawings.ask(Chart({"mark": "bar", "data": {"values": [{"a": 1}]}}, "one", ""))
    with pytest.raises(OSError, match="disk"), Drawings(tmp_path):
        raise OSError("disk")
    assert len(list(tmp_path.iterdir())) == 1


def test_a_plan_is_a_tree() -> None:
    rows = [{"title": title, "depth": depth} for title, depth in (("一", 1), ("1", 2), ("(1)", 3), ("2", 2), ("二", 1))]

    def told(nodes: list[dict[str, Any]]) -> list[Any]:
        return [(node["item"]["title"], told(node["children"])) for node in nodes]

    assert told(tree(rows)) == [("一", [("1", [("(1)", [])]), ("2", [])]), ("二", [])]


def test_the_smallest_warehouse_has_a_whole_site(tmp_path: Path) -> None:
    built(tmp_path / "xianzhi.duckdb")
    report = build_atlas(tmp_path / "xianzhi.duckdb", tmp_path / "atlas")
    pages = read_site(tmp_path / "atlas")
    assert report.pages == len(pages) > 15
    for page in pages.values():
        for link in (*page.links, *page.loaded):
            target, _, anchor = link.partition("#")
            assert (tmp_path / "atlas" / target).is_file(), (page.address, link)
            assert not anchor or anchor in pages[target].anchors, (page.address, link)
