"""The atlas: a static site on which people look at the published facts and at the words that they came from.

Belongs here: reading the published file and writing pages. Does not belong here: anything that decides what a fact is
(`pipelines.extraction`, `pipelines.validation`) or which of several values is the best (`warehouse/marts`).

One page of the site is a module of `pages/` with a template in `templates/`; `build.py` writes them all and swaps the
site in as a whole.
"""

from pipelines.atlas.build import AtlasReport, build_atlas, evidence_page, is_atlas_of

__all__ = ["AtlasReport", "build_atlas", "evidence_page", "is_atlas_of"]
