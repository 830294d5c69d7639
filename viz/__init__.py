"""What is seen: networks, maps and matrices as HTML."""
