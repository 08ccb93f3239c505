"""`python -m pipelines.cli` is `xianzhi`."""

from pipelines.cli import app

app()
