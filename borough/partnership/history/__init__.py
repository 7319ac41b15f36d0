"""A contract year by year: what it saved, the work there was, how satisfied residents were."""
