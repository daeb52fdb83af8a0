package io.skald.orchestrator.lane;

import io.skald.machine.Verdict;
import io.skald.saga.message.SagaId;
import java.util.Optional;

/** What has become of a request, by whichever process carried it out. Used from many threads. */
public interface Answers {

  /** The verdict on the input that this message brought; empty while there is none. */
  Optional<Verdict> verdictOn(SagaId saga, String cause);

  /** Whether a saga has ended; false when there is none. */
  boolean hasEnded(SagaId saga);
}
