"""One thing at a time: found by any of its names, and shown with all that is said of it."""
