"""A passage for bytes between a client and a server, that can be stopped and paused: the database goes away for one."""

import socket
from contextlib import suppress
from threading import Event, Thread


class Passage:
    """Listens on a free port and passes on to a socket in a file, both ways, in threads that end with it."""

    def __init__(self, to: str):
        self.to = to
        self.open = []
        self.flowing = Event()
        self.flowing.set()
        self.refusing = False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        Thread(target=self._accept, daemon=True).start()

    def stop(self):
        """End every connection and refuse new ones."""
        self.refusing = True
        self._end_all()

    def pause(self):
        """Take connections and bytes, and pass nothing on."""
        self.flowing.clear()

    def go_on(self):
        """Pass on again."""
        self.refusing = False
        self._end_all()
        self.flowing.set()

    def close(self):
        """End for good."""
        self.refusing = True
        self.flowing.set()
        self.listener.close()
        self._end_all()

    def _end_all(self):
        ended, self.open = self.open, []
        for one in ended:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self):
        while True:
            try:
                inner, _ = self.listener.accept()
            except OSError:
                return
            if self.refusing:
                inner.close()
                continue
            outer = socket.socket(socket.AF_UNIX)
            try:
                outer.connect(self.to)
            except OSError:  # nobody is there: as they would hear who ask without a passage
                outer.close()
                inner.close()
                continue
            self.open += [inner, outer]
            for one, other in ((inner, outer), (outer, inner)):
                Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one, other):
        with suppress(OSError):
            while some := one.recv(65536):
                self.flowing.wait()
                other.sendall(some)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
