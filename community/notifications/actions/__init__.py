"""What can be done with notifications: one verb a module."""
