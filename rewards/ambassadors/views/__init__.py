"""Pages of the programme: what it is, the ambassadors’ desk, their room, notices."""
