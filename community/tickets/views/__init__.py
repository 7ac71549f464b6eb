"""Pages for customers: they validate and render, actions execute."""
