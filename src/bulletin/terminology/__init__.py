"""Where the glossary meets the engine: each fixed term is rendered exactly, or reported."""
