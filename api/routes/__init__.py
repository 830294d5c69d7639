"""The HTTP API: one file a family of addresses."""
