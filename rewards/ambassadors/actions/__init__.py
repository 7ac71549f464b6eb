"""What people do in the programme: each checks the permission first, owns its transaction, never sees a request."""
