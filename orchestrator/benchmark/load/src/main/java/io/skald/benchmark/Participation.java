package io.skald.benchmark;

import java.util.Optional;

/**
 * Those participants that the bench brings itself, if any.
 *
 * @param trivial absent when the shop takes part
 */
record Participation(Optional<TrivialParticipants> trivial) implements AutoCloseable {

  static Participation of(BenchArguments arguments, Target target) {
    return new Participation(
        arguments.participants() == Participants.TRIVIAL
            ? Optional.of(TrivialParticipants.start(target.kafka()))
            : Optional.empty());
  }

  @Override
  public void close() {
    trivial.ifPresent(TrivialParticipants::close);
  }
}
