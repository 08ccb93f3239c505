"""The templates: how they are loaded, what they can call, and that nothing of a document reaches a page unescaped.

Every expression of a template is escaped by Jinja and passes `text.harmless`. Nothing but this module and the charts
makes `Markup`; what is made so without being escaped is a file of this package.
"""

from base64 import b64encode
from collections.abc import Callable
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from pipelines.atlas import addresses, amounts, breakdowns
from pipelines.atlas.facts import flags, sentence, shortened, standing
from pipelines.atlas.labels import Label, label
from pipelines.atlas.reader import KEYS
from pipelines.atlas.text import harmless

FOLDER = Path(__file__).with_name("templates")
STATIC = Path(__file__).with_name("static")


def _finalize(value: Any) -> Any:
    """What an expression becomes on the page; None is nothing."""
    if value is None:
        return ""
    if isinstance(value, Markup):
        return Markup(harmless(value))
    return harmless(str(value))


@lru_cache(maxsize=4096)
def both(words: Label) -> Markup:
    """A label in Chinese and, smaller, in English."""
    if not words.en or words.en == words.zh:
        return escape(words.zh)
    return Markup('{} <span lang="en" class="en">{}</span>').format(words.zh, words.en)


@cache
def contents(name: str) -> Markup:
    """A file of `static/`, for a page that has it within itself."""
    return Markup((STATIC / name).read_text(encoding="utf-8"))


def allowed(name: str) -> str:
    """What a policy calls such a file, so that nothing else of its sort is obeyed."""
    return f"'sha256-{b64encode(sha256(contents(name).encode('utf-8')).digest()).decode('ascii')}'"


@cache
def environment() -> Environment:
    """The environment of all templates."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    functions: tuple[Callable[..., Any], ...] = (
        label, both, flags, sentence, shortened, standing, harmless, contents, allowed,
    )  # fmt: skip
    made.globals |= {function.__name__: function for function in functions}
    made.globals |= {"to": addresses, "KEYS": KEYS, "told": breakdowns.told}
    made.filters |= {
        "both": both,
        "plain": amounts.plain,
        "period": amounts.period,
        "as_written": amounts.as_written,
    }
    return made


def render(template: str, address: str, **values: Any) -> str:
    """A page.

    Args:
        template: name of its template.
        address: where it will be; links of the template are relative to the top of the site.
        values: what the template shows.
    """
    return environment().get_template(template).render(root="../" * address.count("/"), address=address, **values)
