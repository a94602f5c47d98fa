"""Engines that translate: any transformers seq2seq checkpoint, and the one that ships."""
