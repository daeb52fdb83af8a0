package io.skald.orchestrator.lane;

import io.skald.machine.Verdict;
import io.skald.saga.message.SagaId;
import java.util.Optional;

/** What has become of a request, by whichever process carried it out. Used from many threads. */
public interface Answers {

  /** The verdict on the input that this message brought; empty while there is none. */
  Optional<Verdict> verdictOn(SagaId saga, String cause);

  /**
   * Whether the start that this message asked for was refused because of another saga of its
   * definition and key, as that one's journal says; empty when none says so.
   */
  Optional<Verdict> exclusionOf(String definition, String key, String cause);

  /** Whether a saga has ended; false when there is none. */
  boolean hasEnded(SagaId saga);
}
