"""House rules over English text: each finds where a text departs from a style, and what would mend it."""
