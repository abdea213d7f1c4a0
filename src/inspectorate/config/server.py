"""By which words the server is started: in what processes, how many requests at once, and of what."""

# Two processes of four threads; each takes on at most 256 connections: a rush waits in the queue, not in memory.
# It is connections that granian counts, also idle ones: of 200 assessors whose browsers keep theirs open, 64 would have
# been served and the others would have waited until one of those fell silent (measured: eleven seconds).
WORKERS, THREADS, AT_ONCE = 2, 4, 256


def server_words(port: int) -> list[str]:
    """Return the words of granian's command line that serve this product on a port of this machine."""
    words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS)]
    words += ["--blocking-threads", str(THREADS), "--backpressure", str(AT_ONCE), "--log-level", "warning"]
    words += ["--respawn-failed-workers", "--workers-kill-timeout", "2"]
    return [*words, "inspectorate.config.wsgi:application"]
