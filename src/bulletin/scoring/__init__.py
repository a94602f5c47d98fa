"""Figures that say how good a translation is. Knows files of lines, not the pipeline."""
