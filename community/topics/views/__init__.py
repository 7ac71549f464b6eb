"""Pages of the forum: they validate and render, actions execute."""
