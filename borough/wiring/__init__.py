"""Plugs everything in: settings, urls, the list of lines, the command line. No logic."""
