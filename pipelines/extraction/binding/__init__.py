"""Which number belongs to which indicator: lists, carry-over, ellipsis, from-to, shares, counts with their noun.

Here: from the quantities of one sentence to drafts of observations (what is measured and how). Not here: where,
when and whether it is a target (`attribution`), and the words around one quantity (`windows`).
"""

from pipelines.extraction.binding.binder import bind
from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.scope import Scope

__all__ = ["Draft", "Scope", "bind"]
