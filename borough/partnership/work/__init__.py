"""Work that another system still does: each piece of it a record, so that volumes are counted."""
