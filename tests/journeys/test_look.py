"""What is vendored is what we say it is, nothing of another's brand ships, and no page holds script or style."""

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

UI = settings.PACKAGE / "ui"
STATIC = UI / "static/ui"
VENDORED = [STATIC / "vendor", UI / "fonts", Path(__file__).parent / "vendor"]
FACES = ["Regular", "Bold"]
WELSH = "âêîôûŵŷÂÊÎÔÛŴŶäëïöüẅÿÄËÏÖÜẄŸàèìòùẁỳÀÈÌÒÙẀỲáéíóúẃýÁÉÍÓÚẂÝ"
PUNCTUATION = "£€%–—‘’“”…·×½§°\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}"
TEMPLATES = sorted(path for path in settings.PACKAGE.rglob("*.html") if "static" not in path.parts)
BRAND = re.compile(r"crest|crown|gds transport|gds-|/assets/|copyright-logo", re.IGNORECASE)


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.parent.name)
def test_vendored_files_are_those_of_the_checksums(folder):
    sums = dict(reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert found == sums


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.parent.name)
def test_vendored_files_carry_their_licence(folder):
    kept = {path.name for path in folder.rglob("*")}
    assert kept & {"LICENCE.txt", "OFL.txt", "axe-LICENCE.txt"}


def test_no_crest_crown_or_government_font_ships():
    words = {path: path.read_text("utf-8") for path in STATIC.rglob("*") if path.suffix in {".css", ".svg", ".js"}}
    words |= {path: path.read_text("utf-8") for path in TEMPLATES}
    assert {path.name: BRAND.findall(text) for path, text in words.items() if BRAND.search(text)} == {}
    assert [path.name for path in STATIC.rglob("*") if BRAND.search(path.name)] == []


def test_style_sheets_name_no_address_outside_this_folder():
    found = {
        address: (path.parent / address).is_file()
        for path in STATIC.rglob("*.css")
        for address in re.findall(r"url\(\"?([^)\"]*)\"?\)", path.read_text("utf-8"))
    }
    assert found == {f"vendor/noto-sans/NotoSans-{face}.woff2": True for face in FACES}


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("place", ["static/ui/vendor/noto-sans/NotoSans-{}.woff2", "fonts/NotoSans-{}.ttf"])
def test_every_welsh_letter_is_in_the_one_file(face, place):
    with TTFont(UI / place.format(face)) as font:
        letters = font.getBestCmap()
        features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert [letter for letter in WELSH + PUNCTUATION if ord(letter) not in letters] == []
    assert "tnum" in features


@pytest.mark.parametrize("face", FACES)
def test_a_web_font_is_small(face):
    assert (STATIC / f"vendor/noto-sans/NotoSans-{face}.woff2").stat().st_size <= 25_000


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(settings.PACKAGE).as_posix())
def test_no_template_holds_script_or_style(path):
    text = path.read_text("utf-8")
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", text) == []


def test_no_style_sheet_tells_one_phone_from_another():
    """So the browser tests look at one width of a phone, the smallest: 320 pixels, which are 20em."""
    found = {
        float(number) * (16 if unit in {"em", "rem"} else 1)
        for path in settings.PACKAGE.rglob("*.css")
        for condition in re.findall(r"@media([^{]*)\{", path.read_text("utf-8"))
        for number, unit in re.findall(r"-width:\s*([\d.]+)(em|rem|px)", condition)
    }
    assert found
    assert [width for width in found if 320 < width <= 375] == []
