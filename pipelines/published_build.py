"""The published build: what it was made of, and whether another is due.

Belongs here: what is noted of a build for the next run, and comparing it with what is there now. Does not belong here:
making a build (`publication.py`), or which documents and shards there are (`flow.py`).
"""

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipelines.inventory import Inventory
from pipelines.lake import BrokenStateError
from pipelines.stages import PUBLISHED, STAGES, ingredients, version
from pipelines.versions import code_version, combine
from warehouse.swap import is_whole

if TYPE_CHECKING:
    from pipelines.flow import Flow

logger = logging.getLogger(__name__)

# Records of state: the documents of the published build, and what it is made of.
PUBLISHED_INVENTORY = "published_inventory"
PUBLISHED_BUILD = "published"
# What is noted of it.
NOTED = ("key", "made_with", "written", "basis")


class PublishedBuild:
    """What is known of the published build of a flow.

    Args:
        flow: the documents and shards of now, which it is held against.
    """

    def __init__(self, flow: "Flow") -> None:
        self._flow = flow
        self._told: set[str] = set()

    def wanted_key(self) -> str:
        """Checksum of everything that a build of now would be made of: 12 hex digits."""
        code = code_version("warehouse", "pipelines.publication", "pipelines.patch", "pipelines.checks")
        people = map(str, self._flow.corrections)
        stages = map(version, (*PUBLISHED, "signatures"))
        flow = self._flow
        return combine(flow.inventory.fingerprint, flow.raw_version(), *stages, *people, code, self.form())

    def form(self) -> str:
        """How rows are published; views name the lake, and have to be made anew where it has moved."""
        publish = self._flow.settings.publish
        return f"{publish} over {self._flow.lake.files}" if publish == "views" else publish

    def key(self) -> str | None:
        """The same of what is published; None when there is no file that can be opened."""
        key = self._noted().get("key")
        return key if key is not None and is_whole(self._flow.settings.warehouse_path) else None

    def inventory(self) -> Inventory:
        """The documents of the published build; none where that is not known, and then all of them are new."""
        try:
            return Inventory.load(self._flow.lake, PUBLISHED_INVENTORY)
        except BrokenStateError as error:
            self._tell(PUBLISHED_INVENTORY, error)
            return Inventory()

    def note(self, basis: Mapping[str, Any] | None = None) -> None:
        """Remember that what is published is made of these documents and this code.

        Args:
            basis: what the next build has to know to start from this one (`patch.py`).
        """
        self._flow.inventory.save(self._flow.lake, PUBLISHED_INVENTORY)
        made_with = {name: ingredients(name) for name in STAGES}
        values = (self.wanted_key(), made_with, self._written(), basis)
        noted = dict(zip(NOTED, values, strict=True))
        self._flow.lake.write_state(PUBLISHED_BUILD, noted)

    def basis(self) -> dict[str, Any] | None:
        """What was noted for the next build; None where the published file is not just as that build has written it."""
        noted = self._noted()
        as_written = noted.get("written") is not None and noted["written"] == self._written()
        return noted.get("basis") if as_written and is_whole(self._flow.settings.warehouse_path) else None

    def is_another(self) -> bool:
        """Whether the published file is not the one of the last build: an earlier one was brought back."""
        written = self._noted().get("written")
        return written is not None and self._written() not in (written, None)

    def _noted(self) -> dict[str, Any]:
        """What `note` has noted; nothing where that is not known, and then the file is built from nothing."""
        try:
            noted = self._flow.lake.read_state(PUBLISHED_BUILD)
            if noted is not None and (not isinstance(noted, dict) or noted.keys() != set(NOTED)):
                raise BrokenStateError(self._flow.lake.state_file(PUBLISHED_BUILD))
        except BrokenStateError as error:
            self._tell(PUBLISHED_BUILD, error)
            return {}
        return noted or {}

    def _tell(self, name: str, error: BrokenStateError) -> None:
        """Say once that a record is taken as if it were not there."""
        if name not in self._told:
            self._told.add(name)
            logger.warning("%s; until then it counts as not there", error)

    def _written(self) -> int | None:
        path = self._flow.settings.warehouse_path
        return path.stat().st_mtime_ns if path.exists() else None

    def changed_since(self, name: str) -> list[str]:
        """What a stage, or one before it, is made with and that has changed since the published build."""
        published = self._noted().get("made_with", {})
        if name not in published:
            return []
        before = published[name]
        own = [what for what, now in ingredients(name).items() if before.get(what) != now]
        earlier = [what for stage, _ in STAGES[name].inputs for what in self.changed_since(stage)]
        return list(dict.fromkeys([*earlier, *own]))
