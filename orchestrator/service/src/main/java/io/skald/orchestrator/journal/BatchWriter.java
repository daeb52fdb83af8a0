package io.skald.orchestrator.journal;

import static io.skald.orchestrator.journal.RoundTrip.ids;
import static io.skald.orchestrator.journal.RoundTrip.instants;
import static io.skald.orchestrator.journal.RoundTrip.ints;
import static io.skald.orchestrator.journal.RoundTrip.longs;
import static io.skald.orchestrator.journal.RoundTrip.texts;

import io.skald.machine.JournalEntry;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.orchestrator.lane.Batch;
import io.skald.orchestrator.lane.Batch.JournalWrite;
import io.skald.orchestrator.lane.Batch.SagaWrite;
import io.skald.orchestrator.lane.Batch.ShardWrite;
import io.skald.saga.message.SagaId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a batch is in SQL: one round trip, at most one statement for each kind of row, each taking
 * its rows as arrays. The shard rows come first: their locks and epochs decide before anything else
 * is written.
 *
 * <p>Rows of sagas are met by {@code id = any (array[…])} and not by {@code id = …}: that is looked
 * up in the key's index, row by row, and can't be done in another way. A plain equation invites the
 * planner to walk through the whole table's index instead, as soon as a vacuum that came when few
 * sagas were live has told it that the table is empty.
 */
final class BatchWriter {

  /** Sagas that have no row yet and have not ended. */
  private final List<SagaWrite> begun = new ArrayList<>();

  /** Sagas that have a row and have not ended. */
  private final List<SagaWrite> moved = new ArrayList<>();

  /** Sagas that end with this batch. */
  private final List<SagaWrite> ended = new ArrayList<>();

  /** Sagas that had ended before, and have noted an input that came too late. */
  private final List<SagaWrite> late = new ArrayList<>();

  private final List<ShardWrite> shards;
  private final List<JournalWrite> journal;

  BatchWriter(Batch batch) {
    shards = batch.shards();
    journal = batch.journal();
    Set<SagaId> ending = ending(journal);
    for (SagaWrite write : batch.sagas()) {
      boolean hasEnded = write.state() instanceof SagaState.Terminal;
      boolean endsNow = write.isNew() || ending.contains(core(write).id());
      if (!hasEnded) {
        (write.isNew() ? begun : moved).add(write);
      } else {
        (endsNow ? ended : late).add(write);
      }
    }
  }

  private static Set<SagaId> ending(List<JournalWrite> journal) {
    Set<SagaId> ending = new HashSet<>();
    for (JournalWrite write : journal) {
      for (JournalEntry entry : write.transition().entries()) {
        if (entry instanceof JournalEntry.SagaCompleted
            || entry instanceof JournalEntry.SagaCompensated
            || entry instanceof JournalEntry.SagaAborted) {
          ending.add(write.transition().saga());
        }
      }
    }
    return ending;
  }

  RoundTrip roundTrip() {
    RoundTrip trip = new RoundTrip();
    writeShards(trip);
    insertBegun(trip);
    updateMoved(trip);
    deleteEnded(trip);
    insertEnded(trip);
    updateLate(trip);
    appendJournal(trip);
    return trip;
  }

  /** The fence: when a shard's epoch has moved on, nothing is written and its owner is told. */
  private void writeShards(RoundTrip trip) {
    trip.add(
        """
        with written as (
          update shard s
          set journal_seq = w.journal_seq, published_seq = w.published_seq, offsets = w.offsets
          from unnest(?::int4[], ?::int8[], ?::int8[], ?::int8[], ?::text[])
              as w (id, epoch, journal_seq, published_seq, offsets)
          where s.id = w.id and s.epoch = w.epoch
          returning s.id)
        select require_shards(?::int4[], array_agg(id)) from written
        """,
        ints(shards, ShardWrite::shard),
        longs(shards, ShardWrite::epoch),
        longs(shards, ShardWrite::journalSeq),
        longs(shards, ShardWrite::publishedSeq),
        texts(shards, shard -> Offsets.encode(shard.offsets())),
        ints(shards, ShardWrite::shard));
  }

  private void insertBegun(RoundTrip trip) {
    if (begun.isEmpty()) {
      return;
    }
    trip.add(
        """
        insert into saga (id, shard, version, created_at, place, definition, saga_key, status, seq,
            updated_at, next_due_at, data, state)
        select * from unnest(?::uuid[], ?::int4[], ?::int4[], ?::timestamptz[], ?::int8[], ?::text[],
            ?::text[], ?::text[], ?::int8[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[])
        """,
        ids(begun, w -> core(w).id().value()),
        ints(begun, SagaWrite::shard),
        ints(begun, w -> core(w).version()),
        instants(begun, w -> core(w).startedAt()),
        longs(begun, w -> core(w).place()),
        texts(begun, w -> core(w).definition()),
        texts(begun, w -> core(w).key()),
        texts(begun, w -> w.state().status().name()),
        longs(begun, w -> core(w).seq()),
        instants(begun, w -> core(w).updatedAt()),
        instants(begun, BatchWriter::nextDueAt),
        texts(begun, w -> core(w).data()),
        texts(begun, w -> StateCodec.encode(w.state())));
  }

  private void updateMoved(RoundTrip trip) {
    if (moved.isEmpty()) {
      return;
    }
    trip.add(
        """
        with written as (
          update saga s
          set status = w.status, seq = w.seq, updated_at = w.updated_at,
              next_due_at = w.next_due_at, data = w.data, state = w.state
          from unnest(?::uuid[], ?::text[], ?::int8[], ?::timestamptz[], ?::timestamptz[], ?::text[],
              ?::text[]) as w (id, status, seq, updated_at, next_due_at, data, state)
          where s.id = any (array[w.id])
          returning 1)
        select require_rows('update', ?, count(*)) from written
        """,
        ids(moved, w -> core(w).id().value()),
        texts(moved, w -> w.state().status().name()),
        longs(moved, w -> core(w).seq()),
        instants(moved, w -> core(w).updatedAt()),
        instants(moved, BatchWriter::nextDueAt),
        texts(moved, w -> core(w).data()),
        texts(moved, w -> StateCodec.encode(w.state())),
        RoundTrip.of((long) moved.size()));
  }

  private void deleteEnded(RoundTrip trip) {
    List<SagaWrite> rows = ended.stream().filter(write -> !write.isNew()).toList();
    if (rows.isEmpty()) {
      return;
    }
    trip.add(
        """
        with written as (
          delete from saga where id = any (?::uuid[]) returning 1)
        select require_rows('end', ?, count(*)) from written
        """,
        ids(rows, w -> core(w).id().value()),
        RoundTrip.of((long) rows.size()));
  }

  private void insertEnded(RoundTrip trip) {
    if (ended.isEmpty()) {
      return;
    }
    trip.add(
        """
        insert into saga_ended (id, shard, version, created_at, place, definition, saga_key, status,
            seq, updated_at, ended_at, data, state)
        select * from unnest(?::uuid[], ?::int4[], ?::int4[], ?::timestamptz[], ?::int8[], ?::text[],
            ?::text[], ?::text[], ?::int8[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[])
        """,
        ids(ended, w -> core(w).id().value()),
        ints(ended, SagaWrite::shard),
        ints(ended, w -> core(w).version()),
        instants(ended, w -> core(w).startedAt()),
        longs(ended, w -> core(w).place()),
        texts(ended, w -> core(w).definition()),
        texts(ended, w -> core(w).key()),
        texts(ended, w -> w.state().status().name()),
        longs(ended, w -> core(w).seq()),
        instants(ended, w -> core(w).updatedAt()),
        instants(ended, BatchWriter::endedAt),
        texts(ended, w -> core(w).data()),
        texts(ended, w -> StateCodec.encode(w.state())));
  }

  /** Of a saga that has ended only this can change. */
  private void updateLate(RoundTrip trip) {
    if (late.isEmpty()) {
      return;
    }
    trip.add(
        """
        with written as (
          update saga_ended s set seq = w.seq, updated_at = w.updated_at
          from unnest(?::uuid[], ?::timestamptz[], ?::int8[], ?::timestamptz[])
              as w (id, ended_at, seq, updated_at)
          where s.id = any (array[w.id]) and s.ended_at = w.ended_at
          returning 1)
        select require_rows('update', ?, count(*)) from written
        """,
        ids(late, w -> core(w).id().value()),
        instants(late, BatchWriter::endedAt),
        longs(late, w -> core(w).seq()),
        instants(late, w -> core(w).updatedAt()),
        RoundTrip.of((long) late.size()));
  }

  private void appendJournal(RoundTrip trip) {
    if (journal.isEmpty()) {
      return;
    }
    trip.add(
        """
        insert into journal (shard, seq, saga_seq, at, saga_id, cause, body)
        select * from unnest(?::int4[], ?::int8[], ?::int8[], ?::timestamptz[], ?::uuid[], ?::text[],
            ?::text[])
        """,
        ints(journal, JournalWrite::shard),
        longs(journal, JournalWrite::seq),
        longs(journal, j -> j.transition().seq()),
        instants(journal, j -> j.transition().at()),
        ids(journal, j -> j.transition().saga().value()),
        texts(journal, j -> j.transition().cause()),
        texts(journal, j -> EntryCodec.encode(j.transition().entries())));
  }

  private static SagaCore core(SagaWrite write) {
    return write.state().core();
  }

  private static @Nullable Instant nextDueAt(SagaWrite write) {
    return write.state().nextDueAt().orElse(null);
  }

  private static Instant endedAt(SagaWrite write) {
    return StateCodec.endedAt((SagaState.Terminal) write.state());
  }
}
