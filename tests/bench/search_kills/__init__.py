"""Servers, workers and nodes killed while people write; whether index, database and mailboxes agree afterwards."""
