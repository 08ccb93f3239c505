"""What the project knows about the shape of its data: the registry, the records and the published tables.

Reference data (units, indicators, places, lists, offices) belongs in ``schemas/registry/*.csv`` and is
read by ``schemas.registry``. Nothing here reads a document, writes a file or knows about Dagster; that is
``pipelines``.
"""
