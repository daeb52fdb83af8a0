package io.skald.orchestrator.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skald.machine.JournalEntry.ChildReleased;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.ParentAnswered;
import io.skald.machine.ParentLink;
import io.skald.machine.SagaCore;
import io.skald.machine.Transition;
import io.skald.orchestrator.lane.MessageHeaders;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.saga.ChildSaga;
import io.skald.saga.StepKind;
import io.skald.saga.message.IdempotencyKey;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import java.util.OptionalInt;

/**
 * What sagas and those that are steps of them say to each other, as records of the request topic:
 * each under the key of who is to get it, so it comes to that saga's shard by itself.
 */
final class FamilyWriter {

  private final String requestTopic;

  FamilyWriter(String requestTopic) {
    this.requestTopic = requestTopic;
  }

  /** A step that is a saga is issued: its child is to be started, or undone. */
  OutgoingMessage command(
      SagaCore saga, Transition transition, String id, CommandIssued command, ChildSaga child) {
    MessageHeaders.Builder headers =
        toChild(saga, transition, id, command.command().name(), command.step(), child)
            .add(WireHeaders.PHASE, command.phase().wireName())
            .add(WireHeaders.ATTEMPT, Integer.toString(command.attempts().number()))
            .add(RequestTypes.HELD, Boolean.toString(command.kind() == StepKind.COMPENSATABLE))
            .add(
                WireHeaders.IDEMPOTENCY_KEY,
                new IdempotencyKey(saga.id(), command.step(), command.phase()).toString());
    return to(ChildSaga.key(saga.key(), command.step()), headers, command.payload());
  }

  OutgoingMessage release(SagaCore saga, Transition transition, String id, ChildReleased entry) {
    MessageHeaders.Builder headers =
        toChild(saga, transition, id, RequestTypes.RELEASE_CHILD, entry.step(), entry.child());
    return to(ChildSaga.key(saga.key(), entry.step()), headers, "{}");
  }

  OutgoingMessage answer(Transition transition, String id, ParentAnswered answer) {
    ParentLink parent = answer.to();
    MessageHeaders.Builder headers =
        headers(id, ParentLink.ANSWER.name(), transition, parent.saga(), parent.key())
            .add(WireHeaders.PHASE, parent.phase().wireName())
            .add(WireHeaders.ATTEMPT, Integer.toString(parent.attempt()))
            .add(WireHeaders.OUTCOME, answer.outcome().wireName())
            .add(WireHeaders.CORRELATION_ID, parent.saga().toString())
            .add(WireHeaders.TRACE_PARENT, WireWriter.traceParent(parent.saga(), id));
    addStep(headers, parent.step());
    answer
        .problem()
        .ifPresent(
            problem ->
                headers
                    .add(WireHeaders.ERROR_CODE, problem.code())
                    .add(
                        WireHeaders.ERROR_MESSAGE,
                        Limits.cut(problem.message(), Limits.TEXT_CHARS)));
    return to(parent.key(), headers, answer.data());
  }

  private static MessageHeaders.Builder toChild(
      SagaCore saga,
      Transition transition,
      String id,
      String type,
      StepName step,
      ChildSaga child) {
    SagaId childId = child.id(saga.id(), step);
    MessageHeaders.Builder headers =
        headers(id, type, transition, childId, ChildSaga.key(saga.key(), step))
            .add(WireHeaders.DEFINITION, child.definition())
            .add(WireHeaders.DEFINITION_VERSION, Integer.toString(child.version()))
            .add(RequestTypes.PARENT_ID, saga.id().toString())
            .add(RequestTypes.PARENT_KEY, saga.key())
            .add(WireHeaders.CORRELATION_ID, saga.id().toString())
            .add(WireHeaders.TRACE_PARENT, WireWriter.traceParent(saga.id(), id));
    addStep(headers, step);
    return headers;
  }

  private static void addStep(MessageHeaders.Builder headers, StepName step) {
    headers.add(WireHeaders.STEP, step.value());
    if (!step.item().isEmpty()) {
      headers.add(WireHeaders.ITEM, step.item());
    }
  }

  private static MessageHeaders.Builder headers(
      String id, String type, Transition transition, SagaId to, String key) {
    return new MessageHeaders.Builder(22)
        .add(WireHeaders.SPEC_VERSION, "1.0")
        .add(WireHeaders.ID, id)
        .add(WireHeaders.TYPE, type)
        .add(WireHeaders.SOURCE, WireWriter.SOURCE)
        .add(WireHeaders.TIME, transition.at().toString())
        .add(WireHeaders.SUBJECT, key)
        .add(WireHeaders.CONTENT_TYPE, "application/json")
        .add(WireHeaders.DATA_VERSION, "1")
        .add(WireHeaders.SAGA_ID, to.toString())
        .add(WireHeaders.CAUSATION_ID, transition.cause());
  }

  private OutgoingMessage to(String key, MessageHeaders.Builder headers, String payload) {
    return new OutgoingMessage(
        requestTopic, OptionalInt.empty(), key, headers.build(), payload.getBytes(UTF_8));
  }
}
