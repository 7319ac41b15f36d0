"""How the contract is looked after, read from the records: nobody is asked, and nobody ticks."""
