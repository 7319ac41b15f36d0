"""The town lives on: a year, day by day, with everything that officers do about it."""
