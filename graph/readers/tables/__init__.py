"""Tables of others: opened as rows of text within limits, then read by hashtags (HXL) or by a mapping file."""
