"""Draft to bulletin, in the style of a house, in every format."""
