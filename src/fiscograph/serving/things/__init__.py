"""The page of a thing, by its class."""
