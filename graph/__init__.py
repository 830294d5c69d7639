"""What is known: datasets are read into claims, kept, projected into tables, and asked."""
