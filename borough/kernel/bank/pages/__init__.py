"""The bank's desk: statements that come in, and money whose owner is looked for."""
