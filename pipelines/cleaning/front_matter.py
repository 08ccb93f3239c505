"""Front matter: the `key: value` lines between two `---` that site generators write above a text.

Belongs here: finding it and the fields that documents have. Does not belong here: what the fields mean (`metadata.py`).
"""

import re
from collections.abc import Iterator

from pipelines.cleaning.offsets import Piece
from pipelines.cleaning.page import Draft, Page

_BLOCK = re.compile(r"[\ufeff\s]{0,20}---[ \t]*\r?\n(?P<lines>(?:(?!---)[^\n]*\n){1,200})---[ \t]*(?:\r?\n|$)")
_LINE = re.compile(
    r"^(?P<key>[A-Za-z_\u4e00-\u9fff]{1,20})[ \t]*:[ \t]*(?P<value>[^\s#][^\r\n]*?)[ \t]*\r?$", re.MULTILINE
)
_FIELDS = {
    "title": "title", "标题": "title",
    "date": "published", "pubdate": "published", "published": "published", "publishdate": "published",
    "日期": "published", "发布时间": "published",
    "author": "author", "作者": "author",
    "source": "publisher", "publisher": "publisher", "来源": "publisher",
    "url": "canonical", "link": "canonical", "canonical": "canonical", "source_url": "canonical", "链接": "canonical",
}  # fmt: skip


def read_front_matter(raw: str, page: Page) -> tuple[int, Iterator[Draft]]:
    """Where the text begins after the front matter (0 without any), and the front matter as blocks.

    Its values go to `page.stated`. The title is a block of the body, for it states facts as well as any; the other
    lines are metadata.
    """
    block = _BLOCK.match(raw, 0, 20_000)
    if not block or not _LINE.search(block["lines"]):
        return 0, iter(())
    drafts: list[Draft] = []
    for line in _LINE.finditer(raw, block.start("lines"), block.end("lines")):
        value = line["value"]
        start = line.start("value")
        if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
            value, start = value[1:-1], start + 1
        field = _FIELDS.get(line["key"].lower())
        if not field or not value.strip():
            continue
        page.stated.setdefault(field, value)
        value_piece: Piece = (value, start, start + len(value))
        if field == "title":
            drafts.append(Draft([value_piece], kind="title"))
        else:
            drafts.append(
                Draft(
                    [(raw[line.start() : line.end()], line.start(), line.end())], kind="metadata", region="boilerplate"
                )
            )
    return block.end(), iter(drafts)
