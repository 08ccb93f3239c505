"""Scripts and hand-kept data that make the large files of the registry; never imported by a pipeline."""
