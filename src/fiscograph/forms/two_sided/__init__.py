"""Tables of two sides, income beside expenditure."""
