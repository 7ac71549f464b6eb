"""Background tasks that cannot be lost: rows of the same database, worked off under a lease."""
