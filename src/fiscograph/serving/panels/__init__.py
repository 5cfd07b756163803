"""A question with its answer on a page: picture, table, query."""
