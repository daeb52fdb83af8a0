package io.skald.testkit;

import io.skald.machine.Decision;
import io.skald.machine.Evolution;
import io.skald.machine.Input;
import io.skald.machine.JournalEntry;
import io.skald.machine.Moment;
import io.skald.machine.SagaMachine;
import io.skald.machine.SagaState;
import io.skald.machine.Transition;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.SagaId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A machine that makes something else of the entries that a sound one records. */
final class BrokenMachine extends SagaMachine {

  /** In which way it is broken. */
  interface Break {

    Stream<JournalEntry> entry(JournalEntry entry, Input input);

    /** Whether the state stays sound, so that only the journal is broken. */
    default boolean onlyInTheJournal() {
      return false;
    }
  }

  private final Break broken;

  BrokenMachine(PayloadCodec codec, Break broken) {
    super(codec);
    this.broken = broken;
  }

  @Override
  public <D> Decision decide(
      SagaDefinition<D> definition,
      SagaId saga,
      Optional<SagaState> state,
      Input input,
      Moment moment) {
    Decision sound = super.decide(definition, saga, state, input, moment);
    if (sound.transition().isEmpty()) {
      return sound;
    }
    Transition was = sound.transition().get();
    List<JournalEntry> entries =
        was.entries().stream().flatMap(entry -> broken.entry(entry, input)).toList();
    Transition is = new Transition(was.saga(), was.seq(), was.at(), was.cause(), entries);
    Optional<SagaState> after =
        broken.onlyInTheJournal() ? sound.state() : Optional.of(Evolution.apply(state, is));
    return new Decision(sound.verdict(), after, Optional.of(is));
  }
}
