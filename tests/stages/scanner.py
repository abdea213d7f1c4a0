"""A scanner on loopback that speaks ClamAV's protocol and knows one file: the string that scanners are tried with."""

import socketserver
import threading
import time
from contextlib import contextmanager

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class _Answers(socketserver.BaseRequestHandler):
    def handle(self):
        how = self.server.how
        order = self._until_zero()
        if how == "silent":
            time.sleep(self.server.patience)
            return
        if order == b"zPING":
            self.request.sendall(b"PONG\0")
            return
        if how == "cut":
            return
        content = self._streamed()
        self.server.seen.append(content)
        if how == "full":
            self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
        elif EICAR in content:
            self.request.sendall(b"stream: Eicar-Test-Signature FOUND\0")
        else:
            self.request.sendall(b"stream: OK\0")

    def _exactly(self, count):
        found = b""
        while len(found) < count:
            some = self.request.recv(count - len(found))
            assert some, "the stream ended before it said so"
            found += some
        return found

    def _until_zero(self):
        found = b""
        while not found.endswith(b"\0"):
            found += self._exactly(1)
        return found[:-1]

    def _streamed(self):
        content = b""
        while count := int.from_bytes(self._exactly(4), "big"):
            content += self._exactly(count)
        return content


@contextmanager
def scanner(how="well", patience=3, path=None):
    """Run one; ``how`` it answers: well, silent, cut, full. Yields its address and what it was shown."""
    kind = socketserver.ThreadingUnixStreamServer if path else socketserver.ThreadingTCPServer
    server = kind(str(path) if path else ("127.0.0.1", 0), _Answers)
    server.daemon_threads, server.how, server.patience, server.seen = True, how, patience, []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield (f"unix:{path}" if path else f"tcp://127.0.0.1:{server.server_address[1]}"), server.seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)
