"""What can be done to the pages: one verb, one module."""
