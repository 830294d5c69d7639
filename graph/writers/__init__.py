"""From answers and networks to the formats that others read."""
