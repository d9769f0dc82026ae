"""The certificate of a deletion of old positions: what went, until when, by whose decision, signed with the bridge's checkpoint key."""

from dataclasses import dataclass

from backend_bridge.adapters.certificates import OLD_POSITIONS, certificate_record, log_end, signed_certificate, signing_key
from backend_bridge.adapters.deleted_positions import Deleted
from backend_bridge.adapters.store import Record
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.application.inbox import FixesDeleted
from backend_bridge.domain.access.destruction import DestructionBook
from backend_bridge.domain.identifiers import DestructionId


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedDeletion:
    """What the room is told of a deletion, and what is stored with it."""

    news: FixesDeleted
    records: tuple[Record, ...]


def certified_deletion(reader: StoreReader, book: DestructionBook, deleted: Deleted, now_us: int) -> CertifiedDeletion:
    """The news and the signed certificate of the proposal that is being carried out."""
    one = book.old_in("approved")
    n, last = log_end(reader)
    limits = sorted(limit for _, limit in book.deleting)
    name = DestructionId(f"{OLD_POSITIONS}0") if one is None else one.proposal
    document = {
        "format": "bongsu-retention/1",
        "destruction": name,
        "case": None,
        "ground": "period-over",
        "basis": [] if one is None else list(one.basis),
        "asked_by": None if one is None else one.asked_by,
        "approved_by": None if one is None else one.decided_by,
        "done_at": text_of_us(now_us),
        "measured_before": [text_of_us(limit) for limit in dict.fromkeys((limits[0], limits[-1]))] if limits else [],
        "held": 0 if one is None else one.n_held,
        "erased": {"fixes": deleted.n_fixes, "devices": deleted.n_devices, "rows": deleted.n_records},
        "erased_sha256": deleted.sha256,
        "log": {"n": n, "sha256": last},
    }
    private, made = signing_key(reader)
    record, sha = certificate_record(name, signed_certificate(document, private))
    news = FixesDeleted(n_fixes=deleted.n_fixes, n_devices=deleted.n_devices, n_records=deleted.n_records, certificate=sha)
    return CertifiedDeletion(news=news, records=(*made, record))
