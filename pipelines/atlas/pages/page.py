"""What a page is to those who write it."""

from typing import NamedTuple


class Page(NamedTuple):
    """One file of the site: its address from the top, and its text."""

    address: str
    content: str
