"""From rows to letters: which rows have a letter, and what each says. One file a kind of row."""
