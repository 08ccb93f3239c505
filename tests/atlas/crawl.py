"""Reading a site as files: the links, anchors and words of its pages."""

from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath

VOID = {"meta", "link", "input", "br", "img", "rect", "path"}


@dataclass
class Read(HTMLParser):
    """One page: addresses that it links to, anchors, and the scripts and images that it loads."""

    address: str
    links: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        self.tags.append(tag)
        self.handlers += [name for name in values if name.startswith("on")]
        if tag == "a" and values.get("href"):
            self.links.append(self._resolved(values["href"] or ""))
        if values.get("id"):
            self.anchors.append(values["id"] or "")
        if tag in ("script", "img", "iframe") and values.get("src"):
            self.loaded.append(self._resolved(values["src"] or ""))
        if tag == "link" and values.get("rel") == "stylesheet":
            self.loaded.append(self._resolved(values["href"] or ""))

    def _resolved(self, link: str) -> str:
        path, _, anchor = link.partition("#")
        target = normpath(join(dirname(self.address), path)) if path else self.address
        return f"{target}#{anchor}" if anchor else target


def read_site(folder: Path) -> dict[str, Read]:
    """All pages of a site by address."""
    pages = {}
    for path in sorted(folder.rglob("*.html")):
        page = Read(path.relative_to(folder).as_posix())
        page.feed(path.read_text(encoding="utf-8"))
        pages[page.address] = page
    return pages


def clicks(pages: dict[str, Read], start: str = "index.html") -> dict[str, int]:
    """How many clicks lead from the first page to each other one."""
    found = {start: 0}
    waiting = deque([start])
    while waiting:
        address = waiting.popleft()
        for link in pages[address].links:
            target = link.partition("#")[0]
            if target in pages and target not in found:
                found[target] = found[address] + 1
                waiting.append(target)
    return found
