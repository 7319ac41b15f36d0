"""What both partners decide: one pack of information, two sealed positions, one record."""
