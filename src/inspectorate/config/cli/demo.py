"""``inspectorate demo``: everything set up and served on this machine."""

import argparse
import os
import signal
import sys
import time
from types import ModuleType


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the port, and whether only to look."""
    parser.add_argument("--port", type=int, help="the port to serve on (otherwise 8000, or a free one)")
    parser.add_argument("--check", action="store_true", help="start, fetch one page of each kind, print seconds, stop")
    parser.epilog = "Stop it with Ctrl-C.\n\nexample: inspectorate demo --check"


def run(arguments: argparse.Namespace) -> int:
    """Set up, serve until stopped; return 1 with a sentence when that cannot be."""
    began = time.perf_counter()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
    import django  # noqa: PLC0415 - Django loads only for commands that need it

    django.setup()
    from django.db import Error  # noqa: PLC0415 - the same

    from inspectorate.config import demo  # noqa: PLC0415 - the same

    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        with demo.reserved(arguments.port) as port:
            demo.prepare()
            print(f"set up        {time.perf_counter() - began:5.1f} s", flush=True)
            return _serve(demo, port, look=arguments.check)
    except KeyboardInterrupt:
        print("stopped")
    except (demo.CannotStartError, OSError, Error) as error:
        print(f"inspectorate demo: {error}", file=sys.stderr)
        return 1
    return 0


def _serve(demo: ModuleType, port: int, *, look: bool) -> int:
    """Serve until stopped, or fetch one page of each kind and stop."""
    began = time.perf_counter()
    with demo.serving(port) as (server, address):
        print(f"started       {time.perf_counter() - began:5.1f} s  {address}", flush=True)
        if not look:
            if invented := demo.people():
                print(f"\nSign in at {address}/sign-in/ as one of these invented people; no password is asked for:")
                print("\n".join(f"  {line}" for line in invented))
            print("\nOpen the address in a browser; Ctrl-C stops.", flush=True)
            code: int = demo.serve_until_stopped(server)
            return code
        for kind, path, seconds in demo.look(address):
            print(f"{kind:<14} {seconds:5.2f} s  {path}", flush=True)
        began = time.perf_counter()
    print(f"stopped       {time.perf_counter() - began:5.1f} s")
    return 0


def _stop(*_: object) -> None:
    """Stop in order; a second Ctrl-C meanwhile changes nothing."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt
