"""The command line: one command a module; each parses, calls and shows."""

from bulletin.cli.root import main

__all__ = ["main"]
