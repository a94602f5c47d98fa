"""Drafts and the files that hold them."""
