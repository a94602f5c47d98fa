"""Translation memory: what was approved once is offered again."""
