"""What the forum shows on the pages of lower floors."""
