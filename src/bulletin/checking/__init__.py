"""Rules over glossaries, drafts and bulletins; their findings in the formats CI reads."""
