"""The secret key is made once, and is for its owner alone."""

import stat
from concurrent.futures import ThreadPoolExecutor

from inspectorate.config import secret


def test_the_first_start_makes_a_key_that_only_its_owner_can_read(tmp_path):
    path = tmp_path / "var" / "secret-key"
    assert len(secret.read_or_make(path)) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_second_start_reads_the_same_key(tmp_path):
    first = secret.read_or_make(tmp_path / "secret-key")
    assert secret.read_or_make(tmp_path / "secret-key") == first


def test_many_first_starts_at_once_end_with_one_key(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: secret.read_or_make(tmp_path / "secret-key"), range(64)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_where_no_key_can_be_kept_there_is_none(tmp_path):
    (tmp_path / "file").write_text("")
    assert secret.read_or_make(tmp_path / "file" / "secret-key") == ""
