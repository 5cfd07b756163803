"""Columns told by where their words stand: by characters, by shown width, side by side."""
