"""What the forum does when things happen."""
