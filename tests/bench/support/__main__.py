"""Kills task workers at random while they mail answers of support, and counts what customers got.

    python -m tests.bench.support --kills 40 --answers 120 --seed 7

The last line is the verdict: lost answers (there must be none), and mails that came again, which carry the same
Message-ID and so are known for the same. It needs no service: SQLite, and a mail server of its own.
"""

import argparse
import importlib
import logging
import os
import random
import sys
import tempfile

import django


def main() -> int:
    """Run it; 0 when nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--answers", type=int, default=120)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="entraide-kills-") as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "deploy.settings.demo", "VAR_DIR": folder}
        django.setup()
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        kills = importlib.import_module("tests.bench.support.kills")
        return int(kills.run(chosen.kills, chosen.answers, random.Random(chosen.seed)))


if __name__ == "__main__":
    sys.exit(main())
