"""What the header of a table says of its columns: in flat text, in drawn cells, as a tree."""
