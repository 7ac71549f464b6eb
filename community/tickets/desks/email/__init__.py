"""A help desk that is reached by e-mail: tickets go out to its address, its answers come back to signed ones.

The model for other desks. `desk.py` is what a desk must have: it registers itself and hands messages over. What comes
back enters by a door of the desk's own, here a mail server (`listener.py`, run by `manage.py support_mail`), is judged
(`parsing.py`, `incoming.py`), and becomes a message through the same actions that the pages use.
"""

from community.tickets.desks import desks
from community.tickets.desks.email.desk import EmailDesk

desks.add("email", EmailDesk())
