"""Sealed feeds: only the right key opens them, none is opened twice, all are equally long; a review that is overdue is told."""

import secrets
from dataclasses import replace
from types import SimpleNamespace

import pytest
import worlds
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.adapters.app_seal import PADDED_BYTES, FeedSeals, SealBrokenError
from backend_bridge.adapters.app_service import AppPorts, AppService
from backend_bridge.application.inbox import Trouble
from backend_bridge.domain.access.disclosure import REVIEW_WITHIN_US, RuleState, preset
from backend_bridge.domain.access.disclosure_book import DisclosureBook
from backend_bridge.domain.identifiers import PersonId

FEED = bytes(range(16))
SEALS = FeedSeals(b"s" * 40)
APP = X25519PrivateKey.generate()
APP_PUBLIC = APP.public_key().public_bytes_raw()


def app_key(salt: bytes, info: bytes) -> AESGCM:
    shared = APP.exchange(X25519PublicKey.from_public_bytes(SEALS.public))
    return AESGCM(HKDF(hashes.SHA256(), 32, salt, info).derive(shared))


def up(count: int, plain: bytes) -> bytes:
    number, nonce = count.to_bytes(8, "big"), secrets.token_bytes(12)
    return number + nonce + app_key(FEED, b"bongsu up 1").encrypt(nonce, plain, b"up" + FEED + number)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=PADDED_BYTES), st.integers(1, 2**63))
def test_every_box_down_is_equally_long_and_opens_for_the_app_alone(plain: bytes, count: int) -> None:
    box = SEALS.sealed(FEED, APP_PUBLIC, count, plain)
    assert len(box) == 8 + 12 + PADDED_BYTES + 16
    opened = app_key(FEED, b"bongsu down 1").decrypt(box[8:20], box[20:], b"down" + FEED + box[:8])
    assert opened == plain.ljust(PADDED_BYTES)
    assert int.from_bytes(box[:8], "big") == count


def test_a_message_that_does_not_fit_is_refused_rather_than_shown_by_its_length() -> None:
    with pytest.raises(ValueError, match="longer than its padding"):
        SEALS.sealed(FEED, APP_PUBLIC, 1, bytes(PADDED_BYTES + 1))


def test_a_box_from_the_app_opens_once_and_only_in_order() -> None:
    assert SEALS.opened(FEED, APP_PUBLIC, up(5, b"help"), after=4) == (5, b"help")
    for after in (5, 6):
        with pytest.raises(SealBrokenError, match="came before"):
            SEALS.opened(FEED, APP_PUBLIC, up(5, b"help"), after=after)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_noise_opens_nothing(noise: bytes) -> None:
    with pytest.raises(SealBrokenError):
        SEALS.opened(FEED, APP_PUBLIC, noise, after=0)
    with pytest.raises(SealBrokenError):
        SEALS.opened_pairing(FEED, b"c" * 16, noise)


@pytest.mark.parametrize("place", [0, 9, 25, -1])
def test_one_changed_byte_breaks_the_seal(place: int) -> None:
    box = bytearray(up(7, b"help"))
    box[place] ^= 1
    with pytest.raises(SealBrokenError):
        SEALS.opened(FEED, APP_PUBLIC, bytes(box), after=0)


def test_a_box_of_one_feed_is_nothing_to_another() -> None:
    with pytest.raises(SealBrokenError):
        SEALS.opened(bytes(16), APP_PUBLIC, up(7, b"help"), after=0)


def test_a_review_that_is_overdue_raises_an_alarm_until_it_is_done() -> None:
    rule = preset(worlds.case(), PersonId("V-1"), 0)
    book = SimpleNamespace(feeds={})
    rules = DisclosureBook(rules={(rule.case, rule.about): rule})
    room = SimpleNamespace(now_us=0, disclosures=rules)
    told: list[object] = []
    ports = AppPorts(publish=lambda *_: None, gone=lambda _: None, hand_in=told.append, store=lambda _: None)
    service = AppService(lambda: room, book, SEALS, None, ports)

    def beat(now_us: int) -> None:
        room.now_us, service._due_s = now_us, 0.0
        service.beat()

    beat(REVIEW_WITHIN_US - 1)
    assert told == []
    beat(REVIEW_WITHIN_US)
    beat(REVIEW_WITHIN_US + 1)
    assert told == [Trouble(code="disclosure-review", on=True)]
    rules.rules[rule.case, rule.about] = replace(rule, state=RuleState.IN_FORCE)
    beat(REVIEW_WITHIN_US + 2)
    assert told[1:] == [Trouble(code="disclosure-review", on=False)]
