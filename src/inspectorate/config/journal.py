"""Where the lines of the security log go besides the database: one address, read from a setting."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

STDERR, NOWHERE = "stderr", "none"


def logging_to(address: str) -> dict[str, Any]:
    """Return Django's setting of logging for an address: ``stderr``, ``none``, ``file:///…`` or ``syslog:…``.

    Raises ValueError where it is none of these, so that a typing mistake does not send the log nowhere.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"bare": {"format": "%(message)s"}, "named": {"format": "inspectorate: %(message)s"}},
        "handlers": {"security": _handler(address)},
        "loggers": {"inspectorate.security": {"handlers": ["security"], "level": "INFO", "propagate": False}},
    }


def _handler(address: str) -> dict[str, Any]:
    found = urlsplit(address)
    if address == NOWHERE:
        return {"class": "logging.NullHandler"}
    if address == STDERR:
        return {"class": "logging.StreamHandler", "formatter": "bare"}
    if found.scheme == "file" and found.path.startswith("/"):
        opened = {"filename": Path(found.path), "delay": True}
        return {"class": "logging.handlers.WatchedFileHandler", "formatter": "bare", **opened}
    if found.scheme == "syslog":
        where: Any = (found.hostname, found.port or 514) if found.hostname else found.path
        return {"class": "logging.handlers.SysLogHandler", "address": where, "facility": "auth", "formatter": "named"}
    raise ValueError(f"INSPECTORATE_SECURITY_LOG is {address!r}: it must be stderr, none, file:///… or syslog:…")
