"""What a thing is, as data: its address, its description, its formats."""
