"""Who and what is the same: actors under several names, and efforts that several records tell of."""
