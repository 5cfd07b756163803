"""Where visitors come in: start, lists, search, what the data are."""
