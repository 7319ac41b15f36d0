"""What was taken in from a file: once each, row by row, and why a row was set aside."""
