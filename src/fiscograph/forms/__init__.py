"""The nationally known forms as data; decides tables, rows and headers."""
