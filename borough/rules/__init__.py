"""The law as arithmetic: no Django, no database, no clock, no network, no logging."""
