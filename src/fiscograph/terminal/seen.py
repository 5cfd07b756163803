"""The page of ``fiscograph show``: the grids of a filing, cell by cell."""
