"""Having charts drawn: each once, and beside the other work.

Belongs here: when a chart is drawn, and keeping it for the next build. Does not belong here: what a chart looks like
(`charts.py`).

The library takes a third of a second to begin and a hundredth for a chart, in which it does not hold Python up: the
pages without charts are written meanwhile.
"""

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from markupsafe import Markup

from pipelines.atlas.charts import Chart

VEGA_LITE = "5.20"


class Drawings:
    """Charts as SVG; those that an earlier build has drawn of the same specification are taken from a folder.

    When the block ends well, the folder holds the charts that were asked for in it, and no others.
    """

    def __init__(self, folder: Path) -> None:
        """Begin.

        Args:
            folder: Where drawn charts are kept; it need not be there.
        """
        self._folder = folder
        self._asked: set[str] = set()
        self._pool = ThreadPoolExecutor(1, "charts")

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        self._pool.shutdown(cancel_futures=kind is not None)
        if kind is None:
            for path in self._folder.iterdir():
                if path.name not in self._asked:
                    path.unlink()

    def ask(self, chart: Chart) -> Callable[[], Markup]:
        """Have a chart drawn; what is returned waits for it."""
        specification = json.dumps(chart.specification, ensure_ascii=False, sort_keys=True)
        name = f"{sha256(f'{VEGA_LITE} {specification}'.encode()).hexdigest()}.svg"
        self._asked.add(name)
        kept = self._folder / name
        if kept.is_file():
            return partial(_taken, chart, kept)
        drawn = self._pool.submit(_draw, chart.specification, kept)
        return lambda: chart.markup(drawn.result())


def _taken(chart: Chart, kept: Path) -> Markup:
    return chart.markup(kept.read_text(encoding="utf-8"))


def _draw(specification: dict[str, Any], target: Path) -> str:
    # Only who draws charts needs the library, and it takes its time to load.
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE)
    unfinished = target.with_suffix(".next")
    unfinished.write_text(drawn, encoding="utf-8")
    os.replace(unfinished, target)
    return drawn
