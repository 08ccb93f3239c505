"""Texts in traditional characters: read as if they were written in simplified ones.

Here: telling such a text and rewriting it one for one, so that offsets stay. Not here: which characters there are
(`schemas/registry/traditional.csv`) and faults of characters (`pipelines.cleaning.repairs`); the clean text, its title
and all quotes stay as the page has them.
"""

import re
from functools import lru_cache

from pipelines.extraction.lexicon import registry

# characters that hardly a traditional page is without; such a page has one of the kind in ten, one with names few
SIGNS = "國發業區實產經"
LEAST_TRADITIONAL = 8
MOST_BETWEEN = 12


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters, and does not only hold some in names.

    Args:
        text: Clean text.

    Examples:
        >>> is_traditional("全縣實現地區生產總值286億元，增長4.1%，規上工業企業達二百戶。")
        True
        >>> is_traditional("在臺灣的昆山企业发展协会会长陳先生表示，企业总产值增长5%。")
        False
    """
    if not any(map(text.__contains__, SIGNS)):
        return False
    found = len(_traditional().findall(text))
    return found >= LEAST_TRADITIONAL and found * MOST_BETWEEN >= len(text)


def simplified(text: str) -> str:
    """A text with its traditional characters as simplified ones, character for character.

    Args:
        text: A text.

    Examples:
        >>> simplified("實現工業增加值二百億元")
        '实现工业增加值二百亿元'
    """
    return text.translate(_table())


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    return {ord(row["traditional"]): row["simplified"] for row in registry().table("traditional")}


@lru_cache(maxsize=1)
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, _table()))}]")
