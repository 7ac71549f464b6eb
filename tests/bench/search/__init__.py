"""What search costs on a large community: indexing, suggestions, searches, and how soon an answer is suggested."""
