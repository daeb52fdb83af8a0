package io.skald.orchestrator.messaging;

import io.skald.machine.Input;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Answer;
import io.skald.orchestrator.lane.Answers;
import io.skald.orchestrator.lane.Journal.JournalException;
import io.skald.orchestrator.lane.MessageSink;
import io.skald.orchestrator.lane.MessageSink.SinkException;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.orchestrator.lane.SagaRequests;
import io.skald.orchestrator.lane.ShardMap;
import io.skald.orchestrator.lane.UnavailableException;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.crash.CrashPoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;

/**
 * Sends requests to the shard's owner through the request topic, and waits for the answer: from a
 * lane of this process it comes at once, from another's it is found in the journal.
 */
public final class RequestSender implements SagaRequests {

  private static final Duration FIRST_LOOK = Duration.ofMillis(50);
  private static final Duration LONGEST_LOOK = Duration.ofMillis(500);

  /** A lane of this process tells; a look is only for the case that it has lost the shard. */
  private static final Duration FIRST_LOOK_WHEN_RUN_HERE = Duration.ofSeconds(1);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final WireWriter writer;
  private final MessageSink sink;
  private final ShardMap shards;
  private final IntPredicate runsHere;
  private final Waiting waiting;
  private final Answers journal;
  private final Duration timeout;
  private final Semaphore room;
  private volatile boolean open;

  /**
   * @param runsHere whether a lane of this process runs a shard, as far as is known
   */
  public RequestSender(
      WireWriter writer,
      MessageSink sink,
      ShardMap shards,
      IntPredicate runsHere,
      Waiting waiting,
      Answers journal,
      Duration timeout,
      int maxInFlight) {
    this.writer = writer;
    this.sink = sink;
    this.shards = shards;
    this.runsHere = runsHere;
    this.waiting = waiting;
    this.journal = journal;
    this.timeout = timeout;
    this.room = new Semaphore(maxInFlight);
  }

  /** Requests are taken from now on. */
  public void open() {
    open = true;
  }

  /** Requests are refused from now on; those under way may still be answered. */
  public void close() {
    open = false;
  }

  @Override
  public Answer start(String definition, SagaId id, String key, String data)
      throws UnavailableException {
    String request = UUID.randomUUID().toString();
    int shard = shards.ofKey(key);
    return ask(
        request,
        shard,
        writer.startRequest(request, definition, id, key, data, shard),
        () -> startInJournal(definition, id, key, request));
  }

  /** Of an exclusive definition the journal of another saga may say what became of a start. */
  private Optional<Answer> startInJournal(
      String definition, SagaId id, String key, String request) {
    Optional<Answer> answer = inJournal(id, request);
    boolean isItsKeys = id.equals(SagaId.forKey(definition, key)) || id.toString().equals(key);
    return answer.isPresent() || isItsKeys
        ? answer
        : journal
            .exclusionOf(definition, key, request)
            .map(verdict -> new Answer(verdict, Optional.empty()));
  }

  @Override
  public Verdict cancel(SagaId id, String key, String actor, String reason)
      throws UnavailableException {
    return ask(RequestTypes.CANCEL, id, key, actor, reason).verdict();
  }

  @Override
  public Verdict resume(SagaId id, String key, String actor, String reason)
      throws UnavailableException {
    return ask(RequestTypes.RESUME, id, key, actor, reason).verdict();
  }

  @Override
  public Verdict abort(SagaId id, String key, String actor, String reason)
      throws UnavailableException {
    return ask(RequestTypes.ABORT, id, key, actor, reason).verdict();
  }

  @Override
  public Verdict retry(SagaId id, String key, String actor, String reason)
      throws UnavailableException {
    return ask(RequestTypes.RETRY, id, key, actor, reason).verdict();
  }

  @Override
  public Verdict skip(
      SagaId id, String key, StepName step, Phase phase, String reply, String actor, String reason)
      throws UnavailableException {
    String request = UUID.randomUUID().toString();
    int shard = shards.ofKey(key);
    Input.SkipRequested skip = new Input.SkipRequested(request, step, phase, reply, actor, reason);
    return ask(id, request, shard, writer.skipRequest(id, key, skip, shard)).verdict();
  }

  @Override
  public Verdict signal(SagaId id, String key, StepName await, String signal, String payload)
      throws UnavailableException {
    String request = UUID.randomUUID().toString();
    int shard = shards.ofKey(key);
    Input.SignalSent sent = new Input.SignalSent(request, signal, await, payload);
    return ask(id, request, shard, writer.signalRequest(id, key, sent, shard)).verdict();
  }

  @Override
  public boolean awaitEnd(SagaId id, Duration atMost) throws InterruptedException {
    try (Waiting.Ticket<Boolean> end = waiting.forEnd(id)) {
      return poll(
              end.future(),
              FIRST_LOOK,
              atMost,
              () -> journal.hasEnded(id) ? Optional.of(true) : Optional.empty())
          .orElse(false);
    }
  }

  private Answer ask(String type, SagaId id, String key, String actor, String reason)
      throws UnavailableException {
    String request = UUID.randomUUID().toString();
    int shard = shards.ofKey(key);
    return ask(id, request, shard, writer.request(request, type, id, key, actor, reason, shard));
  }

  private Answer ask(SagaId id, String request, int shard, OutgoingMessage message)
      throws UnavailableException {
    return ask(request, shard, message, () -> inJournal(id, request));
  }

  private Answer ask(String request, int shard, OutgoingMessage message, Look<Answer> look)
      throws UnavailableException {
    if (!open) {
      throw new UnavailableException("The orchestrator is starting or stopping", RETRY_AFTER);
    }
    if (!room.tryAcquire()) {
      throw new UnavailableException(
          "The orchestrator has as many requests as it takes at once", RETRY_AFTER);
    }
    try (Waiting.Ticket<Answer> answer = waiting.forAnswer(request)) {
      CrashPoint.REQUEST_BEFORE_SEND.reached();
      sink.sendAndWait(List.of(message), timeout);
      CrashPoint.REQUEST_AFTER_SEND.reached();
      Duration firstLook = runsHere.test(shard) ? FIRST_LOOK_WHEN_RUN_HERE : FIRST_LOOK;
      return poll(answer.future(), firstLook, timeout, look)
          .orElseThrow(
              () ->
                  new UnavailableException(
                      "The request was accepted, but its answer did not come within " + timeout,
                      RETRY_AFTER));
    } catch (SinkException kafkaIsAway) {
      throw new UnavailableException("Kafka does not take requests at the moment", RETRY_AFTER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("The orchestrator is stopping", RETRY_AFTER);
    } finally {
      room.release();
    }
  }

  private Optional<Answer> inJournal(SagaId id, String request) {
    return journal.verdictOn(id, request).map(verdict -> new Answer(verdict, Optional.empty()));
  }

  private interface Look<T> {
    Optional<T> now();
  }

  /** Waits for a lane of this process to tell, and looks into the database for what another did. */
  private static <T> Optional<T> poll(
      CompletableFuture<T> told, Duration firstLook, Duration atMost, Look<T> look)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    Duration pause = firstLook;
    while (true) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return Optional.empty();
      }
      try {
        return Optional.of(told.get(Math.min(pause.toNanos(), left), TimeUnit.NANOSECONDS));
      } catch (TimeoutException notYet) {
        Optional<T> seen = lookSafely(look);
        if (seen.isPresent()) {
          return seen;
        }
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_LOOK) < 0 ? longer : LONGEST_LOOK;
      } catch (ExecutionException e) {
        throw new IllegalStateException("Expected nobody to fail a waiting request", e);
      }
    }
  }

  private static <T> Optional<T> lookSafely(Look<T> look) {
    try {
      return look.now();
    } catch (JournalException databaseIsAway) {
      return Optional.empty();
    }
  }
}
