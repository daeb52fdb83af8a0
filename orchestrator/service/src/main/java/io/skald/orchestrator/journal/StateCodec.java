package io.skald.orchestrator.journal;

import static io.skald.orchestrator.journal.ExactJson.constant;
import static io.skald.orchestrator.journal.ExactJson.optionalText;
import static io.skald.orchestrator.journal.ExactJson.problem;
import static io.skald.orchestrator.journal.ExactJson.raw;
import static io.skald.orchestrator.journal.ExactJson.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.skald.machine.Attempts;
import io.skald.machine.CompensationCause;
import io.skald.machine.ParkReason;
import io.skald.machine.PhaseState;
import io.skald.machine.Problem;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;
import io.skald.machine.StepState;
import io.skald.saga.StepKind;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A saga's state as the {@code state} column holds it: all that has no column of its own. It is
 * written with every transition, so it is short: instants are microseconds since 1970, and what is
 * usual (a step that can be compensated, its first attempt) is left out. The journal tells the same
 * for people. Stateless; safe on every thread.
 */
public final class StateCodec {

  private static final StepKind USUAL_KIND = StepKind.COMPENSATABLE;

  private StateCodec() {}

  /** The columns of a saga's row that its state is read from. */
  public record Row(
      SagaId id,
      String definition,
      int version,
      SagaStatus status,
      String key,
      long seq,
      String data,
      String state,
      Instant createdAt,
      Instant updatedAt) {}

  public static String encode(SagaState state) {
    return ExactJson.write(
        json -> {
          json.writeStartObject();
          core(json, state.core());
          variant(json, state);
          json.writeEndObject();
        });
  }

  public static SagaState decode(Row row) {
    JsonNode object = ExactJson.read(row.state());
    return variant(object, row.status(), core(object, row));
  }

  /** When a saga ended, which is the partition that its row is in. */
  public static Instant endedAt(SagaState.Terminal state) {
    return switch (state) {
      case SagaState.Completed completed -> completed.at();
      case SagaState.Compensated compensated -> compensated.at();
      case SagaState.Aborted aborted -> aborted.at();
    };
  }

  private static void core(JsonGenerator json, SagaCore core) throws IOException {
    json.writeStringField("fingerprint", core.fingerprint());
    json.writeStringField("startDigest", core.startDigest());
    FamilyCodec.parent(json, core.parent());
    if (core.deadline().isPresent()) {
      instant(json, "deadline", core.deadline().get());
    }
    if (core.isExclusive()) {
      json.writeNumberField("place", core.place());
    }
    json.writeArrayFieldStart("steps");
    for (StepState step : core.steps()) {
      json.writeStartObject();
      json.writeStringField("name", step.name().toString());
      if (step.kind() != USUAL_KIND) {
        json.writeStringField("kind", step.kind().name());
      }
      FamilyCodec.child(json, step.child());
      json.writeFieldName("action");
      phase(json, step.action());
      if (step.compensation().isPresent()) {
        json.writeFieldName("compensation");
        phase(json, step.compensation().get());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    BlockCodec.write(json, core.blocks());
  }

  private static SagaCore core(JsonNode object, Row row) {
    List<StepState> steps = new ArrayList<>();
    for (JsonNode step : object.required("steps")) {
      steps.add(
          new StepState(
              StepName.parse(text(step, "name")),
              step.has("kind") ? constant(step, "kind", StepKind.class) : USUAL_KIND,
              phase(step.required("action")),
              Optional.ofNullable(step.get("compensation")).map(StateCodec::phase),
              FamilyCodec.child(step)));
    }
    return new SagaCore(
        row.id(),
        row.definition(),
        row.version(),
        text(object, "fingerprint"),
        row.key(),
        text(object, "startDigest"),
        row.createdAt(),
        Optional.ofNullable(object.get("deadline")).map(StateCodec::instant),
        object.path("place").asLong(SagaCore.NO_PLACE),
        row.updatedAt(),
        row.seq(),
        row.data(),
        steps,
        BlockCodec.read(object),
        FamilyCodec.parent(object));
  }

  private static void variant(JsonGenerator json, SagaState state) throws IOException {
    switch (state) {
      case SagaState.Running running -> {}
      case SagaState.Queued queued -> queued(json, queued.behind(), queued.allowance());
      case SagaState.Compensating back ->
          turnedBack(json, back.cause(), back.failedStep(), back.problem());
      case SagaState.Compensated back -> {
        turnedBack(json, back.cause(), back.failedStep(), back.problem());
        instant(json, "at", back.at());
      }
      case SagaState.Parked parked -> {
        json.writeObjectFieldStart("interrupted");
        json.writeStringField("status", parked.interrupted().status().name());
        variant(json, parked.interrupted());
        json.writeEndObject();
        json.writeStringField("reason", parked.reason().name());
        if (parked.step().isPresent()) {
          json.writeStringField("step", parked.step().get().toString());
        }
        problem(json, Optional.of(parked.problem()));
        instant(json, "since", parked.since());
      }
      case SagaState.Held held -> instant(json, "at", held.at());
      case SagaState.Completed completed -> instant(json, "at", completed.at());
      case SagaState.Aborted aborted -> {
        json.writeStringField("actor", aborted.actor());
        json.writeStringField("reason", aborted.reason());
        instant(json, "at", aborted.at());
      }
    }
  }

  private static SagaState variant(JsonNode object, SagaStatus status, SagaCore core) {
    return switch (status) {
      case RUNNING, COMPENSATING -> active(object, status, core);
      case QUEUED -> new SagaState.Queued(core, behind(object), allowance(object));
      case PARKED -> {
        JsonNode interrupted = object.required("interrupted");
        yield new SagaState.Parked(
            active(interrupted, constant(interrupted, "status", SagaStatus.class), core),
            constant(object, "reason", ParkReason.class),
            step(object, "step"),
            problem(object).orElseThrow(),
            instant(object, "since"));
      }
      case HELD -> new SagaState.Held(core, instant(object, "at"));
      case COMPLETED -> new SagaState.Completed(core, instant(object, "at"));
      case COMPENSATED ->
          new SagaState.Compensated(
              core,
              constant(object, "cause", CompensationCause.class),
              step(object, "failedStep"),
              problem(object),
              instant(object, "at"));
      case ABORTED ->
          new SagaState.Aborted(
              core, text(object, "actor"), text(object, "reason"), instant(object, "at"));
    };
  }

  private static SagaState.Active active(JsonNode object, SagaStatus status, SagaCore core) {
    return switch (status) {
      case RUNNING -> new SagaState.Running(core);
      case COMPENSATING ->
          new SagaState.Compensating(
              core,
              constant(object, "cause", CompensationCause.class),
              step(object, "failedStep"),
              problem(object));
      case QUEUED, PARKED, HELD, COMPLETED, COMPENSATED, ABORTED ->
          throw new IllegalStateException(
              "Expected saga '" + core.id() + "' to be active, but found " + status);
    };
  }

  static void queued(JsonGenerator json, SagaId behind, Optional<Duration> allowance)
      throws IOException {
    json.writeStringField("behind", behind.toString());
    if (allowance.isPresent()) {
      json.writeStringField("allowance", allowance.get().toString());
    }
  }

  static SagaId behind(JsonNode object) {
    return SagaId.parse(text(object, "behind")).orElseThrow();
  }

  static Optional<Duration> allowance(JsonNode object) {
    return optionalText(object, "allowance").map(Duration::parse);
  }

  private static void turnedBack(
      JsonGenerator json,
      CompensationCause cause,
      Optional<StepName> failedStep,
      Optional<Problem> problem)
      throws IOException {
    json.writeStringField("cause", cause.name());
    if (failedStep.isPresent()) {
      json.writeStringField("failedStep", failedStep.get().toString());
    }
    problem(json, problem);
  }

  private static Optional<StepName> step(JsonNode object, String name) {
    return optionalText(object, name).map(StepName::parse);
  }

  private static void phase(JsonGenerator json, PhaseState phase) throws IOException {
    json.writeStartObject();
    json.writeStringField("is", phase.getClass().getSimpleName());
    instant(json, "at", phase.at());
    attempts(json, phase);
    switch (phase) {
      case PhaseState.AwaitingReply awaiting -> instant(json, "timeoutAt", awaiting.timeoutAt());
      case PhaseState.AwaitingRetry waiting -> instant(json, "retryAt", waiting.retryAt());
      case PhaseState.Succeeded succeeded -> raw(json, "reply", succeeded.reply());
      case PhaseState.Rejected rejected -> {}
      case PhaseState.Unknown unknown -> {}
    }
    problem(json, phase.problem());
    json.writeEndObject();
  }

  private static PhaseState phase(JsonNode object) {
    Instant at = instant(object, "at");
    Attempts attempts = attempts(object, at);
    Optional<Problem> problem = problem(object);
    return switch (text(object, "is")) {
      case "AwaitingReply" ->
          new PhaseState.AwaitingReply(attempts, at, instant(object, "timeoutAt"), problem);
      case "AwaitingRetry" ->
          new PhaseState.AwaitingRetry(attempts, at, instant(object, "retryAt"), problem);
      case "Succeeded" -> new PhaseState.Succeeded(attempts, at, raw(object, "reply"), problem);
      case "Rejected" -> new PhaseState.Rejected(attempts, at, problem);
      case "Unknown" -> new PhaseState.Unknown(attempts, at, problem);
      default ->
          throw new IllegalStateException("Expected a known phase of a step, but found " + object);
    };
  }

  /** Of a first attempt that was settled at once nothing is left to say. */
  private static void attempts(JsonGenerator json, PhaseState phase) throws IOException {
    Attempts attempts = phase.attempts();
    if (attempts.number() != 1) {
      json.writeNumberField("attempt", attempts.number());
    }
    if (attempts.first() != 1) {
      json.writeNumberField("firstAttempt", attempts.first());
    }
    if (!attempts.since().equals(phase.at())) {
      instant(json, "since", attempts.since());
    }
  }

  private static Attempts attempts(JsonNode object, Instant at) {
    return new Attempts(
        object.path("attempt").asInt(1),
        object.path("firstAttempt").asInt(1),
        object.has("since") ? instant(object, "since") : at);
  }

  static void instant(JsonGenerator json, String name, Instant instant) throws IOException {
    json.writeNumberField(name, ChronoUnit.MICROS.between(Instant.EPOCH, instant));
  }

  static Instant instant(JsonNode object, String name) {
    return instant(object.required(name));
  }

  private static Instant instant(JsonNode micros) {
    return Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS);
  }
}
