"""The number ledger after validation: a number whose fact was refused says so."""

from collections.abc import Iterable

import polars as pl


def settle(ledger: pl.DataFrame, published: Iterable[pl.Series]) -> pl.DataFrame:
    """Give every number whose fact is not published the disposition `rejected`.

    Args:
        ledger: Rows of `number_ledger`, as the extraction made them.
        published: The ids of the facts that passed validation, table by table.

    Returns:
        The same rows in the same order; `fact_id` stays, so that the refusal can be found by it.
    """
    ids = pl.concat([pl.Series(dtype=pl.String), *published]).implode()
    lost = pl.col("fact_id").is_not_null() & ~pl.col("fact_id").is_in(ids)
    return ledger.with_columns(disposition=pl.when(lost).then(pl.lit("rejected")).otherwise("disposition"))
