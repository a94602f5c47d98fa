"""Bytes to Article: text, Markdown, HTML and DOCX, encodings, residue and sentences."""
