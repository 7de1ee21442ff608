"""Every number of every pack, worked out once from the record as it stood at two moments."""
