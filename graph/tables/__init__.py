"""The tables: claims projected into columns, which is what the questions are asked of."""
