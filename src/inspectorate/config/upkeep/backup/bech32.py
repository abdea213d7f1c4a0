"""Bech32 (BIP 173), in which the age format writes its keys: bytes as letters and digits, with a checksum."""

LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CHECKSUM = 6  # letters


def encode(prefix: str, data: bytes) -> str:
    """Return bytes as text with that prefix, in small letters."""
    fives = _regroup(data, 8, 5, pad=True)
    check = _polymod([*_spread(prefix), *fives, *[0] * CHECKSUM]) ^ 1
    end = [(check >> 5 * (CHECKSUM - 1 - place)) & 31 for place in range(CHECKSUM)]
    return f"{prefix}1{''.join(LETTERS[five] for five in [*fives, *end])}"


def decode(text: str) -> tuple[str, bytes]:
    """Return the prefix and the bytes; raise ValueError where a letter is wrong, or the checksum does not hold."""
    if text not in (text.lower(), text.upper()):
        raise ValueError("small and capital letters are mixed")
    prefix, mark, rest = text.lower().rpartition("1")
    if not mark or not prefix or len(rest) < CHECKSUM or not set(rest) <= set(LETTERS):
        raise ValueError("it is not written as a key is")
    fives = [LETTERS.index(letter) for letter in rest]
    if _polymod([*_spread(prefix), *fives]) != 1:
        raise ValueError("its checksum does not hold")
    return prefix, bytes(_regroup(fives[:-CHECKSUM], 5, 8, pad=False))


def _spread(prefix: str) -> list[int]:
    codes = [ord(letter) for letter in prefix]
    return [*(code >> 5 for code in codes), 0, *(code & 31 for code in codes)]


def _polymod(values: list[int]) -> int:
    total = 1
    for value in values:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ value
        for place, step in enumerate(GENERATOR):
            total ^= step if top >> place & 1 else 0
    return total


def _regroup(values: bytes | list[int], width: int, to: int, *, pad: bool) -> list[int]:
    held = bits = 0
    out = []
    for value in values:
        held = (held << width | value) & ((1 << (width + to)) - 1)
        bits += width
        while bits >= to:
            bits -= to
            out.append(held >> bits & ((1 << to) - 1))
    if pad and bits:
        out.append(held << (to - bits) & ((1 << to) - 1))
    elif not pad and (bits >= width or held << (to - bits) & ((1 << to) - 1)):
        raise ValueError("its last letter holds more than it should")
    return out
