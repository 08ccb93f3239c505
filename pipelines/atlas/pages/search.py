"""The search index: a script, because a page that was opened from a disk may load a script but no other data."""

import json
from collections.abc import Iterator

from pipelines.atlas import addresses
from pipelines.atlas.pages.page import Page
from pipelines.atlas.reader import Snapshot
from pipelines.atlas.text import harmless

ADDRESS = "search.js"


def pages(snapshot: Snapshot) -> Iterator[Page]:
    """The index: sort, name, address and further words of everything that has a page or a place on one."""
    entries = [[harmless(words) for words in entry] for entry in _entries(snapshot)]
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in dict.fromkeys(map(tuple, entries)))
    yield Page(ADDRESS, f"window.xianzhiSearch = [\n{lines}\n];\n")


def _entries(snapshot: Snapshot) -> Iterator[tuple[str, str, str, str]]:
    for code, place in snapshot.places.items():
        yield "地区", place["name"], addresses.place(code), f"{code} {place['pinyin'] or ''}"
    told = {row["indicator"] for row in snapshot.facts["observations"]}
    for code, indicator in snapshot.indicators.items():
        if code in told:
            more = " ".join([code, indicator["name_en"], *indicator["aliases"]])
            yield "指标", indicator["name_zh"], addresses.indicator(code), more
    for row in snapshot.facts["observations"]:
        if not row["indicator"]:
            yield "指标", row["indicator_name"], addresses.indicator(None, row["indicator_name"]), ""
    for doc_id, document in snapshot.documents.items():
        more = f"{document['publisher'] or ''} {document['source_path']}"
        yield "文档", document["title"] or document["file_name"], addresses.document(doc_id), more
    for row in snapshot.facts["plan_items"]:
        yield "规划", row["title"], addresses.fact(row["doc_id"], row["item_id"]), row["plan"]
    for row in snapshot.facts["rankings"]:
        yield "榜单", row["list_name"], f"{addresses.RANKINGS}#{addresses.anchor(row['list_name'])}", ""
    named = (
        ("人物", "person_roles", "person", "person_role_id", "position"),
        ("机构", "organizations", "name", "organization_id", "place"),
        ("活动", "events", "name", "event_id", "place"),
        ("成果", "outcomes", "name", "outcome_id", "event"),
        ("工程", "programmes", "name", "programme_id", "owner"),
    )
    for sort, kind, name, key, more in named:
        for row in snapshot.facts[kind]:
            yield sort, row[name], addresses.fact(row["doc_id"], row[key]), row[more] or ""
