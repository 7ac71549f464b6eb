"""What /metrics tells: counters and timings of this process, in Prometheus' format."""

from collections.abc import Callable

from prometheus_client import Counter, Gauge, Histogram

from community.core.registry import Registry

# What sets gauges when /metrics is asked for; each may ask the database.
measures: Registry[Callable[[], None]] = Registry("measure")

requests = Histogram("entraide_request_seconds", "Time to answer a request.", ["view", "method", "status"])
page_cache_lookups = Counter("entraide_page_cache_lookups", "Anonymous pages looked up in the page cache.", ["outcome"])
failed_receivers = Counter(
    "entraide_failed_receivers", "Event receivers that failed and wait for a retry.", ["receiver"]
)
tasks = Counter("entraide_tasks", "Background tasks run by this process.", ["task", "outcome"])
task_seconds = Histogram("entraide_task_seconds", "Time that a background task took.", ["task"])
tasks_taken_over = Counter("entraide_tasks_taken_over", "Background tasks whose worker died.")
tasks_waiting = Gauge("entraide_tasks_waiting", "Background tasks that are due, whole installation.")
tasks_parked = Gauge("entraide_tasks_parked", "Background tasks given up, whole installation.")
tasks_oldest_seconds = Gauge("entraide_tasks_oldest_seconds", "How long the oldest due task has waited.")
search_on_spare = Gauge("entraide_search_on_spare", "1 while this process searches with the database engine instead.")
documents_waiting = Gauge("entraide_documents_waiting", "Documents to be indexed, whole installation.", ["engine"])
degraded = Counter(
    "entraide_degraded", "Times that a service was down and something less was done instead.", ["service"]
)
refused = Counter("entraide_rate_limited", "Writes refused because they came too fast.", ["limit"])
