"""`manage.py demo`: a realistic bilingual community, ready to look at."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from community.accounts.models import User
from community.core.tasks.embedded import embedded_worker
from community.pages.actions.set_up import set_up_site
from deploy.demo import prepare
from deploy.demo.load import load
from deploy.serving import serve
from deploy.settings import environment
from rewards.badges.actions.ship import ship_badges

INDEX_SECONDS = 60.0
PEOPLE = {
    "alice": "customer, who asks",
    "amina": "ambassador, who answers",
    "marc": "brand team",
    "admin": "may do everything, at /admin/ too",
}
GUIDE = """
Entraide is ready: {url}

Sign in at {url}/en/account/login/ with one of these addresses; the password of all is  {password}
{people}

What to try, without signing in first:
  {url}/en/   type "toilet keeps running": the answer is there before you ask
  {url}/fr/   tapez « robinet qui goutte » : la réponse existe déjà
  {url}/en/ask/   ask something new; an account is the last step
  {url}/en/get-help/   talk to support; the team answers at {url}/admin/tickets/
  {url}/en/help/   help articles, kept by the brand at {url}/admin/
"""


class Command(BaseCommand):
    """Makes what is missing of the demo, then serves it; what visitors wrote stays."""

    help = "Prepare the demo community and serve it (PORT or --port, 8000 by default)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether and where to serve."""
        parser.add_argument("--no-serve", action="store_true", help="prepare only")
        parser.add_argument("--port", type=int, default=environment.integer("PORT", 8000))

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, tell, serve."""
        port = options["port"]
        if port != environment.integer("PORT", 8000) and not options["no_serve"]:
            # The settings derive the site's address from PORT: start again with it.
            os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PORT": str(port)})  # noqa: S606
        self.prepare()
        if options["no_serve"]:
            embedded_worker.finish(INDEX_SECONDS)
        else:
            self.stdout.write("Stop it with Ctrl+C; `make demo` starts it again with everything kept.\n")
            self.stdout.flush()
            serve(environment.text("HOST", "127.0.0.1"), port)

    def prepare(self) -> None:
        """Tables, site, static files, community, search index; then say where to look."""
        if prepare.migrate():
            self.stdout.write("Made the tables.")
        site = set_up_site()
        # What that enqueued must not fight with the load, one long transaction, for SQLite's only pen.
        embedded_worker.finish(INDEX_SECONDS)
        if prepare.collect_static():
            self.stdout.write("Collected the static files.")
        password, is_new = prepare.password()
        loaded = load(site, password)
        # A demo of an earlier release gets the badges that came since.
        ship_badges()
        if loaded.topics or loaded.tickets:
            self.stdout.write(
                f"Loaded {loaded.topics} topics, {loaded.articles} help articles, {loaded.tickets} requests to support "
                f"and {loaded.people} people."
            )
            self.stdout.flush()
        if is_new and not loaded.people:
            self.mend_passwords(password)
        rows = [f"  {name + '@example.org':22} {what}" for name, what in PEOPLE.items()]
        guide = GUIDE.format(url=settings.SITE_URL, password=password, people="\n".join(rows))
        self.stdout.write(guide)

    def mend_passwords(self, password: str) -> None:
        """Give the people of the guide the printed password, since the file that held theirs was lost."""
        for user in User.objects.filter(email__in=[f"{name}@example.org" for name in PEOPLE]):
            user.set_password(password)
            user.save(update_fields=["password"])
