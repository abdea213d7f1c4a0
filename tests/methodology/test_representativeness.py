"""How like the list the sample is, with a plain sentence for each characteristic."""

from inspectorate.methodology.sampling.representativeness import compare


def test_each_value_of_each_characteristic_is_compared_in_a_sentence():
    listed = {"sex": ["female"] * 20 + ["male"] * 80}
    sampled = {"sex": ["female"] * 6 + ["male"] * 14}
    assert [found.sentence for found in compare(listed, sampled)] == [
        "sex, female: 30 per cent of the sample, 20 per cent of the list; as chance would have it.",
        "sex, male: 70 per cent of the sample, 80 per cent of the list; as chance would have it.",
    ]


def test_what_chance_does_not_explain_is_said():
    listed = {"sex": ["female"] * 20 + ["male"] * 80}
    sampled = {"sex": ["female"] * 14 + ["male"] * 6}
    female, _ = compare(listed, sampled)
    assert female.as_expected is False
    assert female.sentence.endswith("further apart than chance explains.")


def test_a_value_that_was_not_drawn_and_one_that_was_not_recorded_are_shown_too():
    found = compare({"faith": ["", "none", "none", "other"]}, {"faith": ["none"]})
    assert [(one.value, one.listed, one.sampled) for one in found] == [("", 1, 0), ("none", 2, 1), ("other", 1, 0)]
    assert found[0].sentence.startswith("faith, not recorded: 0 per cent")


def test_a_census_is_as_the_list_is_and_no_sample_is_no_surprise():
    listed = {"sex": ["female", "male", "male"]}
    assert [one.as_expected for one in compare(listed, listed)] == [True, True]
    assert [one.as_expected for one in compare(listed, {"sex": []})] == [True, True]
