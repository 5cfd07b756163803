"""fiscograph: budget filings as linked open data, every number proved to stand where it is said."""
