"""Counts the statements that each page sends to the database, in a process of its own."""

import json
import sys

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from community.accounts.models import User  # noqa: E402


def count(client: Client, path: str) -> int:
    """Statements of one request, the second one: the first fills what is kept."""
    client.get(path, secure=True)
    with CaptureQueriesContext(connection) as captured:
        client.get(path, secure=True)
    return len(captured)


def main() -> int:
    """Read {"email": …, name: path, …} from the first argument, print {name: [reader, member]}."""
    asked = json.loads(sys.argv[1])
    headers = {"host": "localhost"}
    reader, member = Client(headers=headers), Client(headers=headers)
    member.force_login(User.objects.get(email=asked.pop("email")))
    found = {name: [count(reader, path), count(member, path)] for name, path in asked.items()}
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
