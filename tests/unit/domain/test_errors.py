import pytest

from backend_bridge.domain.errors import SENTENCES, Code, Refused


@pytest.mark.parametrize("code", list(Code))
def test_every_refusal_has_one_sentence_that_ends(code: Code) -> None:
    sentence = Refused(code, "X-1").sentence
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert sentence[0].isupper()


def test_no_sentence_is_for_nothing() -> None:
    assert set(SENTENCES) == set(Code)


def test_what_somebody_wrote_is_not_read_as_a_pattern() -> None:
    assert "{code}" in Refused(Code.UNKNOWN_ALARM, "{code}").sentence
