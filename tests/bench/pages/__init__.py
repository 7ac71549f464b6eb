"""What the main pages cost on a community of 100,000 posts, in the shape of production."""
