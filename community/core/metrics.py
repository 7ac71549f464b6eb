"""What /metrics tells: counters and timings of this process, in Prometheus' format."""

from prometheus_client import Counter, Histogram

requests = Histogram("entraide_request_seconds", "Time to answer a request.", ["view", "method", "status"])
page_cache_lookups = Counter("entraide_page_cache_lookups", "Anonymous pages looked up in the page cache.", ["outcome"])
parked_receivers = Counter("entraide_parked_receivers", "Event receivers that failed and were parked.", ["receiver"])
degraded = Counter(
    "entraide_degraded", "Times that a service was down and something less was done instead.", ["service"]
)
refused = Counter("entraide_rate_limited", "Writes refused because they came too fast.", ["limit"])
