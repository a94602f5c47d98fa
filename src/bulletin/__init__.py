"""bulletin: Vietnamese official news in, English bulletins fit to publish out."""

__version__ = "0.1.0"
