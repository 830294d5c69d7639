"""Two dimensions of what is recorded, set against one another: numbers, margins, and what an empty cell means."""
