"""What things mean: the modules of the ontology, the code lists, and the shapes that data has to fit."""
