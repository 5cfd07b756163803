"""Target sheets and self-evaluations: their fields, indicators and accounts."""
