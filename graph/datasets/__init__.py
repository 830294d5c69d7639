"""What a dataset is: its description, its kept versions, and the directory that holds them."""
