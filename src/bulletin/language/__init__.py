"""Vietnamese text: normal forms, syllables, names, dates and figures."""
