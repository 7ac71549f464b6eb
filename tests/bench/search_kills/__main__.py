"""`python -m tests.bench.search_kills`: kills Elasticsearch, task workers and web nodes with -9 while people write.

PostgreSQL, Redis and a mail server go on; two web nodes, two task workers and Elasticsearch are killed at moments that
nobody chose, and started again. The last line is the verdict. Afterwards, without anybody's doing, the indexes must be
what the database says, nothing that was acknowledged lost or doubled, and each e-mail sent once, or again with the same
Message-ID.
"""

import argparse
import sys

from tests.bench.search_kills.killing import Plan, run
from tests.services import elasticsearch, postgres, redis
from tests.services.processes import Unavailable
from tools.fetch_elasticsearch import elasticsearch_home


def main() -> int:
    """Run it; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--writes", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=60, help="at most; there are none after the last write")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    plan = Plan(writes=arguments.writes, kills=arguments.kills, seed=arguments.seed)
    try:
        with (
            postgres.provide() as database,
            redis.provide() as cache,
            elasticsearch.prepared(elasticsearch_home()) as (server, url),
        ):
            server.start()
            outcome = run(plan, database.value, cache.value, server, url)
    except Unavailable as error:
        print(error, file=sys.stderr)
        return 1
    print(outcome.sentence)
    return 0 if outcome.is_perfect else 1


if __name__ == "__main__":
    sys.exit(main())
