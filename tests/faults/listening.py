"""A server of this machine that a test listens with: who asked it for what, and what it says."""

import http.server
import threading
from contextlib import contextmanager


@contextmanager
def listening(answer):
    """Serve on a free port of loopback, and yield the address; ``answer(path, body)`` returns status and text."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            status, text = answer(self.path, self.rfile.read(int(self.headers["Content-Length"] or 0)))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


@contextmanager
def sentinel():
    """Serve what nobody must ask for; yield the address of it, and the list of what was asked for."""
    asked = []

    def answer(path, _body):
        asked.append(path)
        return 200, ""

    with listening(answer) as address:
        yield f"{address}/canary", asked
