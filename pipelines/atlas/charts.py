"""Charts as Vega-Lite has them: text stays text, colours are those of the page.

Belongs here: what a chart looks like. Does not belong here: which values it shows (`series.py`), or drawing it
(`drawing.py`). A chart is a picture for those who see it; the same values stand in a table beside it, with the way to
their words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pipelines.atlas.addresses import anchor
from pipelines.atlas.amounts import whole_year
from pipelines.atlas.labels import label
from pipelines.atlas.reader import Row
from pipelines.atlas.series import Series
from pipelines.atlas.text import harmless

WIDTH, HEIGHT = 280, 120
# Bars of more years than these would be too thin for the number above each.
MOST_LABELLED = 9
FONT = "system-ui, PingFang SC, Noto Sans CJK SC, Microsoft YaHei, sans-serif"
# The page's own colours: presentation attributes take variables of CSS.
AXIS = {
    "labelColor": "var(--muted)", "tickColor": "var(--line)", "domainColor": "var(--muted)", "gridColor": "var(--line)",
    "labelFontSize": 11, "titleColor": "var(--muted)", "labelAngle": 0, "labelPadding": 5, "title": None,
}  # fmt: skip
CONFIG = {"aria": False, "font": FONT, "view": {"stroke": None}, "axis": AXIS, "background": None}
FILLS = {"actual": "var(--observation)", "estimate": "var(--observation-paper)", "target": "var(--paper)"}
STROKES = {"actual": "var(--observation)", "estimate": "var(--observation)", "target": "var(--accent)"}
# What the library says to those who cannot see: names of its parts, in English and one by one.
ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
SIZE = re.compile(r'<svg([^>]*?) width="[0-9.]+" height="[0-9.]+"')


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that is still to be drawn.

    Attributes:
        specification: what Vega-Lite draws.
        title: what it is about, for those who cannot see it.
        description: what it shows, for the same.
    """

    specification: dict[str, Any]
    title: str
    description: str

    def markup(self, drawn: str) -> Markup:
        """The SVG of the chart, as wide as its place on the page, with words for those who cannot see it."""
        name = anchor(f"{self.title}: {self.description}")
        head = Markup('<title id="{0}">{1}</title><desc id="{0}d">{2}</desc>').format(
            name, harmless(self.title), harmless(self.description)
        )
        opened = SIZE.sub(rf'<svg\1 role="img" aria-labelledby="{name} {name}d"', ROLES.sub("", drawn), count=1)
        start = opened.index(">") + 1
        return Markup(opened[:start]) + head + Markup(opened[start:])


def series_chart(series: Series, title: str) -> Chart:
    """Columns of the years of a series: what was reached filled, what is aimed at in outline.

    Args:
        series: two years at least.
        title: what the chart is about, for those who cannot see it.
    """
    values = [_value(series, row) for row in (*series.actual, *series.targets)]
    first, last = series.years[0], series.years[-1]
    # Every year has its place, also one without a value: a gap in time is seen as a gap.
    years = list(map(str, range(first, last + 1)))
    shown = {"field": "nature", "type": "nominal", "legend": None}
    domain = list(FILLS)
    columns = {
        "mark": {"type": "bar", "width": {"band": 0.7}, "strokeWidth": 1.5},
        "encoding": {
            "fill": {**shown, "scale": {"domain": domain, "range": list(FILLS.values())}},
            "stroke": {**shown, "scale": {"domain": domain, "range": list(STROKES.values())}},
            "strokeDash": {**shown, "scale": {"domain": domain, "range": [[1, 0], [2, 2], [4, 2]]}},
        },
    }
    layers: list[dict[str, Any]] = [columns]
    if len(series.years) <= MOST_LABELLED:
        text = {"type": "text", "baseline": "bottom", "dy": {"expr": "datum.value < 0 ? 14 : -3"}, "fontSize": 11}
        layers.append({"mark": {**text, "fill": "var(--ink)"}, "encoding": {"text": {"field": "told"}}})
    axis = {"values": list(map(str, series.years)), "labelOverlap": True, "ticks": False}
    natures = [nature for nature in FILLS if any(value["nature"] == nature for value in values)]
    # What was reached stands beside what had been aimed at for the same year, never behind it.
    doubled = len({value["year"] for value in values}) < len(values)
    beside = {"xOffset": {"field": "nature", "scale": {"domain": natures}}} if doubled else {}
    spec = {
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": values},
        "layer": layers,
        "encoding": {
            "x": {"field": "year", "type": "ordinal", "scale": {"domain": years}, "axis": axis},
            **beside,
            "y": {
                "field": "value",
                "type": "quantitative",
                "stack": None,
                "axis": {"tickCount": 3, "domain": False, "ticks": False},
            },
        },
    }
    told = "；".join(f"{value['year']}年{value['told']}{series.scale.unit}（{value['word']}）" for value in values)
    return Chart({**spec, "config": CONFIG}, title, told)


def _value(series: Series, row: Row) -> dict[str, Any]:
    return {
        "year": str(whole_year(row["time_period"])),
        "value": float(series.scale.of(row["obs_value"])),
        "told": series.scale.shown(row),
        "nature": row["nature"],
        "word": label("Nature", row["nature"]).zh,
    }


def ranking_chart(rows: Sequence[Row], title: str) -> Chart:
    """The places that an entity has held in a list over its editions, the first on top.

    Args:
        rows: rows of `marts.ranking_history` of one list and entity, with edition and rank; two at least.
        title: what the chart is about.
    """
    values = [{"year": row["edition"], "rank": row["rank"]} for row in rows]
    years = list(map(str, range(int(values[0]["year"]), int(values[-1]["year"]) + 1)))
    spec = {
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "line", "stroke": "var(--ranking)", "strokeWidth": 2}},
            {"mark": {"type": "point", "filled": True, "fill": "var(--ranking)", "size": 50, "opacity": 1}},
            {
                "mark": {"type": "text", "dy": -9, "fill": "var(--ink)", "fontSize": 11},
                "encoding": {"text": {"field": "rank"}},
            },
        ],
        "encoding": {
            "x": {"field": "year", "type": "ordinal", "scale": {"domain": years}, "axis": {"labelOverlap": True}},
            "y": {
                "field": "rank",
                "type": "quantitative",
                "scale": {"reverse": True, "zero": False, "padding": 18},
                "axis": {"tickMinStep": 1, "tickCount": 3, "domain": False, "ticks": False, "format": "d"},
            },
        },
    }
    return Chart(
        {**spec, "config": CONFIG}, title, "；".join(f"{value['year']}年第{value['rank']}位" for value in values)
    )
