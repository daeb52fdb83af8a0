package io.skald.simulation;

import io.skald.machine.Input;
import io.skald.machine.SagaState;
import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.InMemoryJournal;
import io.skald.orchestrator.lane.Reading;
import io.skald.orchestrator.lane.RecordReader;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Does not see all that a reply says. */
final class BrokenReader implements RecordReader {

  private final RecordReader reader;
  private final InMemoryJournal journal;
  private final Set<Mechanism> missing;

  BrokenReader(RecordReader reader, InMemoryJournal journal, Set<Mechanism> missing) {
    this.reader = reader;
    this.journal = journal;
    this.missing = missing;
  }

  @Override
  public List<Reading> read(Envelope record) {
    return reader.read(record).stream().map(this::misread).toList();
  }

  @Override
  public boolean isAnswered(Envelope record) {
    return reader.isAnswered(record);
  }

  private Reading misread(Reading reading) {
    return reading instanceof Reading.ForSaga forSaga
            && forSaga.input() instanceof Input.ReplyReceived reply
        ? new Reading.ForSaga(
            forSaga.saga(), forSaga.key(), forSaga.starts(), misread(forSaga.saga(), reply))
        : reading;
  }

  private Input.ReplyReceived misread(SagaId saga, Input.ReplyReceived reply) {
    Phase phase =
        missing.contains(Mechanism.REPLY_PHASE) && isOnItsWayBack(saga)
            ? Phase.COMPENSATION
            : reply.phase();
    boolean done = missing.contains(Mechanism.COMPENSATION_RETRIED) && phase == Phase.COMPENSATION;
    return new Input.ReplyReceived(
        reply.cause(),
        reply.participant(),
        reply.step(),
        phase,
        reply.attempt(),
        done ? Outcome.SUCCEEDED : reply.outcome(),
        reply.type(),
        reply.payload(),
        done ? Optional.empty() : reply.problem());
  }

  /** Who is not told the phase can only guess it from where the saga stands. */
  private boolean isOnItsWayBack(SagaId saga) {
    return journal.saga(saga).filter(SagaState.Compensating.class::isInstance).isPresent();
  }
}
