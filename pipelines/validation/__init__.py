"""From facts to what may be published: valid rows on one side, refused rows with their reasons on the other.

    from pipelines.validation import Context, validate

    context = Context.of(raw_documents)
    valid, rejected = validate("observations", observations, context)

`structure` keeps each row to what `schemas/tables` says, `rules` to what the registry and the text say, `refusal` finds
the words; `documents` and `ledger` make the tables that come from several; `check_results` counts for the asset checks.
Nothing here reads or writes a file or knows about Dagster.
"""

from pipelines.validation.context import Context
from pipelines.validation.reference import reference_tables
from pipelines.validation.split import validate

__all__ = ["Context", "reference_tables", "validate"]
