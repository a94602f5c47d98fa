"""Bytes to Article: text, Markdown, HTML and DOCX, encodings, residue and sentences."""

from bulletin.reading.dateline import parse_dateline
from bulletin.reading.read import read_article
from bulletin.reading.segments import segment, split_sentences

__all__ = ["parse_dateline", "read_article", "segment", "split_sentences"]
