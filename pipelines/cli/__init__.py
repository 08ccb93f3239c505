"""The command `xianzhi`: `making.py` has the commands that make something, `querying.py` those that answer.

Belongs here: the program with all its commands. Does not belong here: the work behind them.
"""

from pipelines.cli import making, querying
from pipelines.cli.program import app

__all__ = ["app", "making", "querying"]
