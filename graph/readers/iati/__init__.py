"""IATI files into claims: activities and organisations of versions 1.0x and 2.0x, and code lists, each as a stream."""
