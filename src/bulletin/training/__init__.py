"""Recipes, data and training of translation models."""
