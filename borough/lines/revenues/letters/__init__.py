"""The letters of the revenues line: each a Typst template and the shape of what it says."""
