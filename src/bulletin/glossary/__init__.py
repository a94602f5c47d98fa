"""The fixed terms: entries, their files, their matching in a sentence and their checks."""
