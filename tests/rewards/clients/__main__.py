"""`python -m tests.rewards.clients KILLS`: people who vote, accept and take back at once, each in a process of its own.

A client is killed with -9 at a random moment, and another takes its place. Prints what was done, as JSON. The database
that the environment names holds people whose names start with `person`, an `asker`, and answers.
"""

import importlib
import json
import random
import sys
import time
from multiprocessing import get_context
from multiprocessing.context import ForkProcess

import django

AT_ONCE = 50
LONGEST_BETWEEN_KILLS = 0.25
# Clones of one process that has read the program already: fifty that start anew would take a minute.
fork = get_context("fork")


def main(kills: int) -> None:
    """Keep AT_ONCE clients busy until `kills` were killed."""
    django.setup()
    act = importlib.import_module("tests.rewards.clients.acting").act
    dice, done, ended = random.Random(kills), fork.Value("i", 0), fork.Event()

    def another() -> ForkProcess:
        process = fork.Process(target=act, args=(dice.random(), done, ended))
        process.start()
        return process

    clients, gone = [another() for _ in range(AT_ONCE)], list[ForkProcess]()
    while done.value < AT_ONCE and all(client.is_alive() for client in clients):
        time.sleep(0.1)
    for _ in range(kills):
        time.sleep(dice.uniform(0, LONGEST_BETWEEN_KILLS))
        place = dice.randrange(AT_ONCE)
        clients[place].kill()
        gone.append(clients[place])
        clients[place] = another()
    ended.set()
    for client in (*clients, *gone):
        client.join()
    killed = sum(client.exitcode == -9 for client in gone)
    failed = sum(client.exitcode not in (0, -9) for client in (*clients, *gone))
    sys.stdout.write(json.dumps({"killed": killed, "failed": failed, "done": done.value}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
