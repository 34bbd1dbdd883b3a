"""Taking records in, for good or as a rehearsal."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from django.db import DataError, IntegrityError, connection, transaction

from archive import copies, following
from archive.intake.aftermath import find_mentions, index, note_custody, note_mentions
from archive.intake.batches import Batch
from archive.intake.receipts import Outcome, Receipt
from archive.models import User
from archive.readers import Record, Refusal
from archive.readers.record import PassedOver
from archive.terms import CaptureMethod
from archive.text import sha256_of

BATCH_RECORDS = 200
BATCH_BYTES = 16_000_000  # of captures, so that long texts make short batches
# Any number, as long as no other lock of the archive has it. Held until the transaction ends.
LOCK = 7_316_840_201

Item = Record | Refusal


def one_at_a_time() -> None:
    """Let nobody else change what the texts of articles are until the transaction ends: imports, corrections."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def receive_all(items: Iterable[Item], *, by: User | None, method: str = CaptureMethod.IMPORT) -> Iterator[Receipt]:
    """Take many records in, and give a receipt for each item in its order; refusals of the readers pass through.

    Refusals of the database are receipts with the outcome `refused`; nothing is half written.

    A batch is one transaction, in which imports wait for each other, so that two of them at once make no doubles.
    Its receipts come when it is committed.
    """
    for batch in _batched(items):
        yield from _receive_batch(batch, by, method)


def rehearse(items: Iterable[Item], *, by: User | None, method: str = CaptureMethod.IMPORT) -> Iterator[Receipt]:
    """Give the receipts that `receive_all` would, and leave nothing behind. Other imports wait meanwhile."""
    with transaction.atomic():
        for batch in _batched(items):
            yield from _receive_batch(batch, by, method, is_rehearsal=True)
        transaction.set_rollback(True)


def _batched(items: Iterable[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.raw) if isinstance(item, Record) else 0
        if len(batch) >= BATCH_RECORDS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _receive_batch(items: Sequence[Item], by: User | None, method: str, *, is_rehearsal: bool = False) -> list[Receipt]:
    records = [item for item in items if isinstance(item, Record)]
    try:
        taken = iter(_write(records, by, method, is_rehearsal))
    except (DataError, IntegrityError) as error:
        if len(items) > 1:  # one of them is at fault: find it
            singly = (_receive_batch([item], by, method, is_rehearsal=is_rehearsal) for item in items)
            return [receipt for receipts in singly for receipt in receipts]
        return [Receipt(outcome=Outcome.REFUSED, locator=items[0].locator, reason=_reason(error))]
    return [
        next(taken)
        if isinstance(item, Record)
        else Receipt(outcome=_outcome(item), locator=item.locator, reason=item.reason)
        for item in items
    ]


def _write(records: Sequence[Record], by: User | None, method: str, is_rehearsal: bool) -> list[Receipt]:
    if not records:
        return []
    found = {} if is_rehearsal else find_mentions({sha256_of(record.text): record.text for record in records})
    with transaction.atomic():
        one_at_a_time()
        batch = Batch(records, by=by, method=method)
        receipts = batch.judge()
        batch.write(is_rehearsal=is_rehearsal)
        if not is_rehearsal:
            receipts = [_told_of_restoring(*one, batch.restored) for one in zip(records, receipts, strict=True)]
            note_mentions(batch.new_texts, found)
            seen_again = {capture.article_id for capture in batch.new_captures}  # may make an older text current
            index({text.article_id for text in batch.new_texts} | seen_again | set(batch.filled))
            following.follow(seen_again)
            copies.note_copies([text for text in batch.new_texts if not text.flag])
            note_custody(batch.new_captures, batch.new_texts, by=by, restored=batch.restored)
    return receipts


def _told_of_restoring(record: Record, receipt: Receipt, restored: Sequence[str]) -> Receipt:
    if restored and sha256(record.raw).hexdigest() in restored:
        return replace(receipt, notes=(*receipt.notes, "its bytes were lost from the storage and are written again"))
    return receipt


def _outcome(refusal: Refusal) -> Outcome:
    return Outcome.PASSED_OVER if isinstance(refusal, PassedOver) else Outcome.REFUSED


def _reason(error: Exception) -> str:
    return f"the database does not take it ({str(error).splitlines()[0]})"
