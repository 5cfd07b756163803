"""The rows of tables: by codes, by items, by projects, and how lines become them."""
