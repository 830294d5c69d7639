"""Maps as SVG: a base map of countries, what is drawn on it, and where labels and arcs go."""
