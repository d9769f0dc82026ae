from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.domain.outcomes.changed import Changed


@given(st.lists(st.sampled_from("abcde")), st.integers(0, 20))
def test_exactly_the_keys_that_were_touched_later_are_named_in_the_order_of_their_last_touch(keys: list[str], cut: int) -> None:
    changed = Changed()
    changed.touch_all(keys[:cut])
    revision = changed.revision
    changed.touch_all(keys[cut:])
    later = keys[cut:]
    assert changed.since(revision) == tuple(key for index, key in enumerate(later) if key not in later[index + 1 :])
    assert changed.since(changed.revision) == ()
