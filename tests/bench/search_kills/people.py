"""People who write, with their tokens and wishes for e-mail; made in a process that has the site's settings."""

import json
import sys

import django

django.setup()

from community.accounts.actions.emails import trust_email  # noqa: E402
from community.accounts.models import User  # noqa: E402
from community.api.tokens import make_token  # noqa: E402
from community.notifications.actions.prefer import set_preferences  # noqa: E402
from community.topics.models import Section  # noqa: E402

WANTED = {"answer_to_my_question": True, "answer_accepted": True}


def person(name: str) -> str:
    """Make someone who wants e-mails; their token."""
    user = User.objects.create_user(name, f"{name}@example.org", "pw", trust_level=2)
    trust_email(user)
    set_preferences(WANTED, by=user)
    return make_token(user)


def main() -> int:
    """Print [[asker's token, answerer's token], …], as many pairs as the first argument says."""
    Section.objects.create(slug="kitchen", title_fr="Cuisine", title_en="Kitchen", live=True)
    pairs = [[person(f"asker{n}"), person(f"answerer{n}")] for n in range(int(sys.argv[1]))]
    sys.stdout.write(json.dumps(pairs) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
