"""The page of ``fiscograph build``: what was read and published."""
