"""What people do in the forum: one verb a module; each checks permission first and owns its transaction."""
