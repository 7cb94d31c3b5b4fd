"""What this web process counts about its own requests."""

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # a second series for each, which Prometheus has no use for

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

requests = Counter("labelapp_http_requests", "Requests answered.", ["route", "method", "status"])
seconds = Histogram(
    "labelapp_http_request_seconds",
    "Time until an answer began.",
    ["route", "method"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1, 3, 10, 30),
)
viewers = Gauge("labelapp_event_stream_viewers", "Event streams that are open in this process.")


def count(route: str, method: str, status: int, duration: float) -> None:
    method = method if method in METHODS else "other"  # anybody can invent methods; each would be a series for ever
    requests.labels(route, method, status).inc()
    seconds.labels(route, method).observe(duration)
