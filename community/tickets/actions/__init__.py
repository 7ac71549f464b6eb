"""What can be done with tickets: one verb a module."""
