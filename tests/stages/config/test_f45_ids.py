"""F45: public ids are 128 random bits: nobody guesses the next one, or counts by them."""

import itertools

import numpy as np
from django.apps import apps

from inspectorate.record.ids import new_public_id

MANY = 10_000


def test_ten_thousand_ids_show_no_order_and_every_bit_of_them_is_chance():
    made = [new_public_id() for _ in range(MANY)]
    assert len(set(made)) == MANY
    assert {len(one) for one in made} == {32}
    ups = sum(before < after for before, after in itertools.pairwise(made))
    assert abs(ups - MANY / 2) < 400, "as often up as down"
    numbers = [int(one, 16) for one in made]
    ones = [sum(number >> bit & 1 for number in numbers) for bit in range(128)]
    assert all(abs(count - MANY / 2) < 400 for count in ones), "eight standard deviations: never by chance"
    assert len({one[:8] for one in made}) > MANY - 5, "nor do they share their beginnings"
    bits = np.array([[number >> bit & 1 for bit in range(128)] for number in numbers]) * 2.0 - 1
    together = bits.T @ bits / MANY - np.eye(128)
    assert np.abs(together).max() < 0.09, "nor does one bit tell another, nine standard deviations away"


def test_whatever_has_a_public_id_makes_it_so():
    others = [
        f"{model.__name__}: {field.default}"
        for model in apps.get_models()
        if model.__module__.startswith("inspectorate.")
        for field in model._meta.fields
        if field.name == "public_id" and field.default is not new_public_id
    ]
    # The record names its streams by what they are about; an entry of a form is named by the device that made it; a
    # session is named when somebody signs in with it.
    assert {one.partition(":")[0] for one in others} <= {"Stream", "Entry", "Session"}
