"""The register of contracts as the law has it published, and what is read from the whole table."""
