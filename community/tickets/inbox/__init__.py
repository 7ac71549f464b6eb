"""The agents' inbox at the brand's desk: a queue, and each ticket with all that helps to answer it."""
