"""The bill of materials: every package that the product runs on, as CycloneDX 1.6, from the lock file alone.

Licences come from what is installed here; a package that this machine does not need says so instead of guessing.
"""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, metadata, version
from typing import Any

from inspectorate.config.supply.locked import Pin

FORMAT = "1.6"
UNKNOWN = "not installed here"
LONGEST = 120


def bill(pins: Sequence[Pin], *, at: str) -> dict[str, Any]:
    """Return the bill as plain values; ``at`` is the time to put into it."""
    own = version("inspectorate")
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": FORMAT,
        "version": 1,
        "metadata": {
            "timestamp": at,
            "component": {"type": "application", "bom-ref": "inspectorate", "name": "inspectorate", "version": own},
        },
        "components": [_component(pin) for pin in pins],
        "dependencies": [{"ref": "inspectorate", "dependsOn": [_ref(pin) for pin in pins]}],
    }


def _ref(pin: Pin) -> str:
    return f"pkg:pypi/{pin.name}@{pin.version}"


def _component(pin: Pin) -> dict[str, Any]:
    only = [{"name": "inspectorate:only", "value": pin.only}] if pin.only else []
    files = [
        {"type": "distribution", "url": _ref(pin), "hashes": [{"alg": "SHA-256", "content": one}]} for one in pin.hashes
    ]
    return {
        "type": "library",
        "bom-ref": _ref(pin),
        "name": pin.name,
        "version": pin.version,
        "purl": _ref(pin),
        "licenses": [{"license": {"name": licence_of(pin)}}],
        "externalReferences": files,
        **({"properties": only} if only else {}),
    }


def licence_of(pin: Pin) -> str:
    """Return what the package installed here says of its licence, in its own words."""
    try:
        about = metadata(pin.name)
    except PackageNotFoundError:
        return UNKNOWN
    if about["Version"] != pin.version:
        return f"{UNKNOWN} in this version"
    return _said(about)[:LONGEST]


def _said(about: Any) -> str:
    named = [line.rpartition(":: ")[2] for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    first = about.get("License", "").strip().partition("\n")[0]
    expression = about.get("License-Expression", "")
    return expression or "; ".join(named) or first or "see the licence file in the package"
