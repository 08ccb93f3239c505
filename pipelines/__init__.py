"""From files to a warehouse: reading, cleaning, extraction and validation, and the Dagster assets that run them."""
