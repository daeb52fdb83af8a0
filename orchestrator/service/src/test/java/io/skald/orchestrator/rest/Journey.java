package io.skald.orchestrator.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.machine.Decision;
import io.skald.machine.Input;
import io.skald.machine.JournalEntry;
import io.skald.machine.Moment;
import io.skald.machine.Problem;
import io.skald.machine.SagaMachine;
import io.skald.machine.SagaState;
import io.skald.orchestrator.messaging.JacksonPayloadCodec;
import io.skald.orchestrator.testing.Everything;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Leads a saga of {@link Everything} through the real machine to wherever a test wants it. */
final class Journey {

  static final PayloadCodec CODEC = new JacksonPayloadCodec(new ObjectMapper());

  private final SagaMachine machine = new SagaMachine(CODEC);
  private final Map<StepName, JournalEntry.CommandIssued> commands = new HashMap<>();
  private final SagaId id;
  private Instant now = Orders.NOON;
  private Optional<SagaState> state = Optional.empty();

  private Journey(Everything.Order order) {
    id = SagaId.forKey("everything", order.id());
    give(new Input.StartRequested("start", id, order.id(), CODEC.encode(order)));
  }

  static Journey of(Everything.Order order) {
    return new Journey(order);
  }

  /** At home, with three parcels, and everything before the parcels done. */
  static Journey toTheParcels() {
    return of(Everything.Order.of("E-1", false, "P-1", "P-2", "P-3"))
        .succeed("reserve", "label", "screen", "stamp");
  }

  /** The same, with the parcels packed. */
  static Journey toTheApproval() {
    return toTheParcels().succeed("pack/P-1", "pack/P-2", "pack/P-3");
  }

  Journey succeed(String... steps) {
    for (String step : steps) {
      answer(step, Outcome.SUCCEEDED);
    }
    return this;
  }

  Journey reject(String step) {
    return answer(step, Outcome.REJECTED);
  }

  Journey fail(String step) {
    return answer(step, Outcome.FAILED);
  }

  Journey signal(String id) {
    return give(new Input.SignalSent(id, id, new StepName("approval"), "{\"by\":\"maria\"}"));
  }

  Journey wake() {
    now = state().nextDueAt().orElse(now);
    return give(new Input.TimerFired("timer"));
  }

  Journey cancel() {
    return give(new Input.CancelRequested("cancel", "maria", "because"));
  }

  Journey abort() {
    return give(new Input.AbortRequested("abort", "maria", "because"));
  }

  Journey tick(Duration time) {
    now = now.plus(time);
    return this;
  }

  Instant now() {
    return now;
  }

  SagaState state() {
    return state.orElseThrow();
  }

  private Journey answer(String step, Outcome outcome) {
    JournalEntry.CommandIssued command = commands.get(StepName.parse(step));
    if (command == null) {
      throw new IllegalStateException("Expected step " + step + " to be asked for: " + commands);
    }
    Object reply =
        command.phase() == Phase.ACTION ? new Everything.Done(step) : new Everything.Undone(step);
    return give(
        new Input.ReplyReceived(
            "reply",
            command.participant(),
            command.step(),
            command.phase(),
            command.attempts().number(),
            outcome,
            MessageType.of(reply.getClass()),
            CODEC.encode(reply),
            outcome == Outcome.SUCCEEDED
                ? Optional.empty()
                : Optional.of(new Problem("NO", "It said no"))));
  }

  private Journey give(Input input) {
    Decision decision =
        machine.decide(Everything.DEFINITION, id, state, input, new Moment(now, 0.5));
    state = decision.state();
    decision.transition().stream()
        .flatMap(transition -> transition.entries().stream())
        .filter(JournalEntry.CommandIssued.class::isInstance)
        .map(JournalEntry.CommandIssued.class::cast)
        .forEach(command -> commands.put(command.step(), command));
    return this;
  }
}
