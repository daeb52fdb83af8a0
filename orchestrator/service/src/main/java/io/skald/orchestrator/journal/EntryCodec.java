package io.skald.orchestrator.journal;

import static io.skald.orchestrator.journal.ExactJson.attempts;
import static io.skald.orchestrator.journal.ExactJson.constant;
import static io.skald.orchestrator.journal.ExactJson.instant;
import static io.skald.orchestrator.journal.ExactJson.optionalInstant;
import static io.skald.orchestrator.journal.ExactJson.optionalText;
import static io.skald.orchestrator.journal.ExactJson.problem;
import static io.skald.orchestrator.journal.ExactJson.raw;
import static io.skald.orchestrator.journal.ExactJson.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.skald.machine.CompensationCause;
import io.skald.machine.IgnoreReason;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.AttemptFailed;
import io.skald.machine.JournalEntry.AttemptTimedOut;
import io.skald.machine.JournalEntry.ChildReleased;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.ItemsTaken;
import io.skald.machine.JournalEntry.ParentAnswered;
import io.skald.machine.JournalEntry.ParentAsked;
import io.skald.machine.JournalEntry.RetryHastened;
import io.skald.machine.JournalEntry.SagaAborted;
import io.skald.machine.JournalEntry.SagaCompensated;
import io.skald.machine.JournalEntry.SagaCompensating;
import io.skald.machine.JournalEntry.SagaCompleted;
import io.skald.machine.JournalEntry.SagaHeld;
import io.skald.machine.JournalEntry.SagaParked;
import io.skald.machine.JournalEntry.SagaQueued;
import io.skald.machine.JournalEntry.SagaReleased;
import io.skald.machine.JournalEntry.SagaResumed;
import io.skald.machine.JournalEntry.SagaStarted;
import io.skald.machine.JournalEntry.SagaTurnCame;
import io.skald.machine.JournalEntry.SignalKept;
import io.skald.machine.JournalEntry.SignalTaken;
import io.skald.machine.JournalEntry.StepCompensated;
import io.skald.machine.JournalEntry.StepGivenUp;
import io.skald.machine.JournalEntry.StepRejected;
import io.skald.machine.JournalEntry.StepSkipped;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.machine.JournalEntry.TimeoutMoved;
import io.skald.machine.JournalEntry.WaitBegan;
import io.skald.machine.JournalEntry.WaitPassed;
import io.skald.machine.JournalEntry.WayChosen;
import io.skald.machine.ParkReason;
import io.skald.machine.SagaCore;
import io.skald.saga.StepKind;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A transition's entries as the journal's {@code body} column holds them. Stateless; safe on every
 * thread.
 */
public final class EntryCodec {

  private EntryCodec() {}

  public static String encode(List<JournalEntry> entries) {
    return ExactJson.write(
        json -> {
          json.writeStartArray();
          for (JournalEntry entry : entries) {
            json.writeStartObject();
            json.writeStringField("type", entry.getClass().getSimpleName());
            entry(json, entry);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  public static List<JournalEntry> decode(String body) {
    List<JournalEntry> entries = new ArrayList<>();
    for (JsonNode object : ExactJson.read(body)) {
      entries.add(entry(object));
    }
    return List.copyOf(entries);
  }

  private static void entry(JsonGenerator json, JournalEntry entry) throws IOException {
    switch (entry) {
      case SagaStarted started -> {
        json.writeStringField("id", started.id().toString());
        json.writeStringField("definition", started.definition());
        json.writeNumberField("version", started.version());
        json.writeStringField("fingerprint", started.fingerprint());
        json.writeStringField("key", started.key());
        json.writeStringField("startDigest", started.startDigest());
        raw(json, "data", started.data());
        if (started.deadline().isPresent()) {
          instant(json, "deadline", started.deadline().get());
        }
        if (started.place() != SagaCore.NO_PLACE) {
          json.writeNumberField("place", started.place());
        }
        FamilyCodec.parent(json, started.parent());
      }
      case SagaQueued queued -> StateCodec.queued(json, queued.behind(), queued.allowance());
      case SagaTurnCame came -> {
        if (came.deadline().isPresent()) {
          instant(json, "deadline", came.deadline().get());
        }
      }
      case CommandIssued issued -> {
        step(json, issued.step(), issued.phase());
        json.writeStringField("kind", issued.kind().name());
        attempts(json, issued.attempts());
        json.writeStringField("participant", issued.participant().name());
        json.writeStringField("command", issued.command().name());
        json.writeNumberField("commandVersion", issued.command().version());
        raw(json, "payload", issued.payload());
        instant(json, "timeoutAt", issued.timeoutAt());
        FamilyCodec.child(json, issued.child());
      }
      case StepSucceeded succeeded -> {
        json.writeStringField("step", succeeded.step().toString());
        json.writeNumberField("attempt", succeeded.attempt());
        raw(json, "reply", succeeded.reply());
        if (succeeded.data().isPresent()) {
          raw(json, "data", succeeded.data().get());
        }
      }
      case StepRejected rejected -> {
        json.writeStringField("step", rejected.step().toString());
        json.writeNumberField("attempt", rejected.attempt());
        problem(json, Optional.of(rejected.problem()));
      }
      case StepCompensated compensated -> {
        json.writeStringField("step", compensated.step().toString());
        json.writeNumberField("attempt", compensated.attempt());
      }
      case AttemptFailed failed -> {
        step(json, failed.step(), failed.phase());
        json.writeNumberField("attempt", failed.attempt());
        problem(json, Optional.of(failed.problem()));
        instant(json, "retryAt", failed.retryAt());
      }
      case AttemptTimedOut late -> {
        step(json, late.step(), late.phase());
        json.writeNumberField("attempt", late.attempt());
        problem(json, Optional.of(late.problem()));
        instant(json, "retryAt", late.retryAt());
      }
      case StepGivenUp givenUp -> {
        step(json, givenUp.step(), givenUp.phase());
        json.writeNumberField("attempt", givenUp.attempt());
        problem(json, Optional.of(givenUp.problem()));
      }
      case TimeoutMoved moved -> {
        step(json, moved.step(), moved.phase());
        json.writeNumberField("attempt", moved.attempt());
        instant(json, "timeoutAt", moved.timeoutAt());
      }
      case WayChosen chosen -> {
        block(json, chosen.block());
        json.writeBooleanField("otherwise", chosen.otherwise());
      }
      case ItemsTaken taken -> {
        block(json, taken.block());
        BlockCodec.items(json, taken.items());
      }
      case WaitBegan began -> {
        block(json, began.block());
        instant(json, "until", began.until());
      }
      case WaitPassed passed -> block(json, passed.block());
      case SignalKept kept -> {
        block(json, kept.block());
        json.writeStringField("signal", kept.signal());
        raw(json, "payload", kept.payload());
      }
      case SignalTaken taken -> {
        block(json, taken.block());
        json.writeStringField("signal", taken.signal());
        if (taken.data().isPresent()) {
          raw(json, "data", taken.data().get());
        }
      }
      case StepSkipped skipped -> {
        step(json, skipped.step(), skipped.phase());
        raw(json, "reply", skipped.reply());
        if (skipped.data().isPresent()) {
          raw(json, "data", skipped.data().get());
        }
        json.writeStringField("actor", skipped.actor());
        json.writeStringField("reason", skipped.reason());
      }
      case RetryHastened hastened -> {
        json.writeStringField("actor", hastened.actor());
        json.writeStringField("reason", hastened.reason());
      }
      case SagaCompensating back -> {
        json.writeStringField("cause", back.cause().name());
        if (back.failedStep().isPresent()) {
          json.writeStringField("failedStep", back.failedStep().get().toString());
        }
        problem(json, back.problem());
        if (back.actor().isPresent()) {
          json.writeStringField("actor", back.actor().get());
        }
      }
      case SagaParked parked -> {
        json.writeStringField("reason", parked.reason().name());
        if (parked.step().isPresent()) {
          json.writeStringField("step", parked.step().get().toString());
        }
        problem(json, Optional.of(parked.problem()));
      }
      case SagaResumed resumed -> {
        json.writeStringField("actor", resumed.actor());
        json.writeStringField("reason", resumed.reason());
      }
      case SagaAborted aborted -> {
        json.writeStringField("actor", aborted.actor());
        json.writeStringField("reason", aborted.reason());
      }
      case InputIgnored ignored -> {
        json.writeStringField("input", ignored.input());
        json.writeStringField("reason", ignored.reason().name());
        json.writeStringField("detail", ignored.detail());
      }
      case ParentAsked asked -> {
        json.writeStringField("phase", asked.phase().name());
        json.writeNumberField("attempt", asked.attempt());
      }
      case ParentAnswered answered -> {
        FamilyCodec.parent(json, Optional.of(answered.to()));
        json.writeStringField("outcome", answered.outcome().name());
        raw(json, "data", answered.data());
        problem(json, answered.problem());
      }
      case ChildReleased released -> {
        json.writeStringField("step", released.step().toString());
        FamilyCodec.child(json, Optional.of(released.child()));
      }
      case SagaHeld held -> {}
      case SagaReleased released -> {}
      case SagaCompleted completed -> {}
      case SagaCompensated compensated -> {}
    }
  }

  private static JournalEntry entry(JsonNode object) {
    return switch (text(object, "type")) {
      case "SagaStarted" ->
          new SagaStarted(
              SagaId.parse(text(object, "id")).orElseThrow(),
              text(object, "definition"),
              object.required("version").intValue(),
              text(object, "fingerprint"),
              text(object, "key"),
              text(object, "startDigest"),
              raw(object, "data"),
              optionalInstant(object, "deadline"),
              object.path("place").asLong(SagaCore.NO_PLACE),
              FamilyCodec.parent(object));
      case "SagaQueued" -> new SagaQueued(StateCodec.behind(object), StateCodec.allowance(object));
      case "SagaTurnCame" -> new SagaTurnCame(optionalInstant(object, "deadline"));
      case "CommandIssued" ->
          new CommandIssued(
              step(object),
              constant(object, "kind", StepKind.class),
              phase(object),
              attempts(object),
              new Participant(text(object, "participant")),
              new MessageType(
                  text(object, "command"), object.required("commandVersion").intValue()),
              raw(object, "payload"),
              instant(object, "timeoutAt"),
              FamilyCodec.child(object));
      case "StepSucceeded" ->
          new StepSucceeded(
              step(object), attempt(object), raw(object, "reply"), optionalData(object));
      case "StepRejected" ->
          new StepRejected(step(object), attempt(object), problem(object).orElseThrow());
      case "StepCompensated" -> new StepCompensated(step(object), attempt(object));
      case "AttemptFailed" ->
          new AttemptFailed(
              step(object),
              phase(object),
              attempt(object),
              problem(object).orElseThrow(),
              instant(object, "retryAt"));
      case "AttemptTimedOut" ->
          new AttemptTimedOut(
              step(object),
              phase(object),
              attempt(object),
              problem(object).orElseThrow(),
              instant(object, "retryAt"));
      case "StepGivenUp" ->
          new StepGivenUp(
              step(object), phase(object), attempt(object), problem(object).orElseThrow());
      case "TimeoutMoved" ->
          new TimeoutMoved(
              step(object), phase(object), attempt(object), instant(object, "timeoutAt"));
      case "WayChosen" -> new WayChosen(block(object), object.required("otherwise").booleanValue());
      case "ItemsTaken" -> new ItemsTaken(block(object), BlockCodec.items(object));
      case "WaitBegan" -> new WaitBegan(block(object), instant(object, "until"));
      case "WaitPassed" -> new WaitPassed(block(object));
      case "SignalKept" ->
          new SignalKept(block(object), text(object, "signal"), raw(object, "payload"));
      case "SignalTaken" ->
          new SignalTaken(block(object), text(object, "signal"), optionalData(object));
      case "StepSkipped" ->
          new StepSkipped(
              step(object),
              phase(object),
              raw(object, "reply"),
              optionalData(object),
              text(object, "actor"),
              text(object, "reason"));
      case "RetryHastened" -> new RetryHastened(text(object, "actor"), text(object, "reason"));
      case "SagaCompensating" ->
          new SagaCompensating(
              constant(object, "cause", CompensationCause.class),
              optionalText(object, "failedStep").map(StepName::parse),
              problem(object),
              optionalText(object, "actor"));
      case "SagaParked" ->
          new SagaParked(
              constant(object, "reason", ParkReason.class),
              optionalText(object, "step").map(StepName::parse),
              problem(object).orElseThrow());
      case "SagaResumed" -> new SagaResumed(text(object, "actor"), text(object, "reason"));
      case "SagaAborted" -> new SagaAborted(text(object, "actor"), text(object, "reason"));
      case "ParentAsked" -> new ParentAsked(phase(object), attempt(object));
      case "ParentAnswered" ->
          new ParentAnswered(
              FamilyCodec.parent(object).orElseThrow(),
              constant(object, "outcome", Outcome.class),
              raw(object, "data"),
              problem(object));
      case "ChildReleased" ->
          new ChildReleased(step(object), FamilyCodec.child(object).orElseThrow());
      case "SagaHeld" -> new SagaHeld();
      case "SagaReleased" -> new SagaReleased();
      case "SagaCompleted" -> new SagaCompleted();
      case "SagaCompensated" -> new SagaCompensated();
      case "InputIgnored" ->
          new InputIgnored(
              text(object, "input"),
              constant(object, "reason", IgnoreReason.class),
              text(object, "detail"));
      default ->
          throw new IllegalStateException("Expected a known journal entry, but found " + object);
    };
  }

  private static void step(JsonGenerator json, StepName step, Phase phase) throws IOException {
    json.writeStringField("step", step.toString());
    json.writeStringField("phase", phase.name());
  }

  private static void block(JsonGenerator json, StepName block) throws IOException {
    json.writeStringField("block", block.toString());
  }

  private static StepName block(JsonNode object) {
    return StepName.parse(text(object, "block"));
  }

  private static Optional<String> optionalData(JsonNode object) {
    return Optional.ofNullable(object.get("data")).map(JsonNode::toString);
  }

  private static StepName step(JsonNode object) {
    return StepName.parse(text(object, "step"));
  }

  private static Phase phase(JsonNode object) {
    return constant(object, "phase", Phase.class);
  }

  private static int attempt(JsonNode object) {
    return object.required("attempt").intValue();
  }
}
