package io.skald.benchmark.micro;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.machine.Decision;
import io.skald.machine.Input;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.Moment;
import io.skald.machine.SagaMachine;
import io.skald.machine.SagaState;
import io.skald.machine.Transition;
import io.skald.orchestrator.messaging.JacksonPayloadCodec;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A saga on its way, stopped where a benchmark wants it: the states before an input, the input, and
 * what the machine makes of them. Immutable.
 */
final class Journey {

  static final Duration TIMEOUT = Duration.ofSeconds(30);
  static final PayloadCodec CODEC = new JacksonPayloadCodec(new ObjectMapper());
  static final String KEY = "ORD-12345";
  static final SagaId ID = SagaId.forKey("order", KEY);

  private static final Moment NOW = new Moment(Instant.parse("2026-01-01T12:00:00Z"), 0.5);
  private static final Moment LATER = new Moment(NOW.now().plus(TIMEOUT).plusSeconds(1), 0.5);
  private static final SagaMachine MACHINE = new SagaMachine(CODEC);
  private static final Input START =
      new Input.StartRequested(
          "start-1", ID, KEY, CODEC.encode(Orders.Order.from(Orders.Created.sample())));
  private static final Input TIMER = new Input.TimerFired("timer-1");
  private static final Input CANCEL =
      new Input.CancelRequested("cancel-1", "anna", "the customer called");

  private final SagaDefinition<Orders.Order> definition;
  private final SagaState halfway;
  private final Input reply;
  private final SagaState turnedBack;
  private final Input undone;

  /**
   * @param steps of the saga; it stops when half of them are done
   */
  Journey(int steps) {
    definition = Orders.definition(steps);
    Decision latest = start();
    for (int i = 0; i < steps / 2; i++) {
      latest = decide(stateOf(latest), replyTo(latest), NOW);
    }
    halfway = stateOf(latest);
    reply = replyTo(latest);
    Decision back = decide(halfway, CANCEL, NOW);
    turnedBack = stateOf(back);
    undone = replyTo(back);
  }

  SagaDefinition<Orders.Order> definition() {
    return definition;
  }

  /** The state with half of the steps done and the next one under way. */
  SagaState halfway() {
    return halfway;
  }

  /** Nothing, then a saga with its first command. */
  Decision start() {
    return MACHINE.decide(definition, ID, Optional.empty(), START, NOW);
  }

  /** A step succeeds halfway and the next one is issued. */
  Decision reply() {
    return decide(halfway, reply, NOW);
  }

  /** No answer came in time; there will be another attempt. */
  Decision timer() {
    return decide(halfway, TIMER, LATER);
  }

  /** A step is undone and the compensation of the one before it is issued. */
  Decision compensation() {
    return decide(turnedBack, undone, NOW);
  }

  static SagaState stateOf(Decision decision) {
    return decision.state().orElseThrow();
  }

  static Transition transitionOf(Decision decision) {
    return decision.transition().orElseThrow();
  }

  private Decision decide(SagaState state, Input input, Moment moment) {
    return MACHINE.decide(definition, ID, Optional.of(state), input, moment);
  }

  private static Input replyTo(Decision decision) {
    CommandIssued command = (CommandIssued) transitionOf(decision).entries().getLast();
    Object event =
        command.phase() == Phase.ACTION
            ? new Orders.Done(KEY, "REF-" + command.step())
            : new Orders.Undone(KEY);
    return new Input.ReplyReceived(
        "reply-1",
        command.participant(),
        command.step(),
        command.phase(),
        command.attempts().number(),
        Outcome.SUCCEEDED,
        MessageType.of(event.getClass()),
        CODEC.encode(event),
        Optional.empty());
  }
}
