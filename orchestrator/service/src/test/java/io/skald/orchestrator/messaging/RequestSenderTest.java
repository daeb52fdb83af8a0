package io.skald.orchestrator.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.skald.machine.IgnoreReason;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Answer;
import io.skald.orchestrator.lane.Answers;
import io.skald.orchestrator.lane.Journal.JournalException;
import io.skald.orchestrator.lane.MessageSink;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.orchestrator.lane.ShardMap;
import io.skald.orchestrator.lane.UnavailableException;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestSenderTest {

  private static final Verdict IGNORED = new Verdict.Ignored(IgnoreReason.REPEATED_START);
  private static final Answer DECIDED = new Answer(IGNORED, Optional.empty());

  private final Waiting waiting = new Waiting();
  private final FakeSink sink = new FakeSink();
  private final FakeAnswers answers = new FakeAnswers();

  /** Hands each request to the test, which plays the lanes. */
  private static final class FakeSink implements MessageSink {

    private final List<OutgoingMessage> sent = new CopyOnWriteArrayList<>();
    private volatile Consumer<OutgoingMessage> lane = message -> {};

    @Override
    public void sendAndWait(List<OutgoingMessage> messages, Duration atMost) {
      for (OutgoingMessage message : messages) {
        sent.add(message);
        lane.accept(message);
      }
    }

    @Override
    public void send(OutgoingMessage message, Receipt receipt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void startOver() {}

    @Override
    public void close() {}
  }

  private static final class FakeAnswers implements Answers {

    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger exclusionLooks = new AtomicInteger();
    private Optional<Verdict> verdict = Optional.empty();
    private Optional<Verdict> exclusion = Optional.empty();
    private boolean ended;
    private int failures;

    @Override
    public Optional<Verdict> verdictOn(SagaId saga, String cause) {
      if (looks.incrementAndGet() <= failures) {
        throw new JournalException("away", new IllegalStateException());
      }
      return verdict;
    }

    @Override
    public Optional<Verdict> exclusionOf(String definition, String key, String cause) {
      exclusionLooks.incrementAndGet();
      return exclusion;
    }

    @Override
    public boolean hasEnded(SagaId saga) {
      looks.incrementAndGet();
      return ended;
    }
  }

  private RequestSender sender(Duration timeout, int maxInFlight) {
    return sender(timeout, maxInFlight, shard -> false);
  }

  private RequestSender sender(Duration timeout, int maxInFlight, IntPredicate runsHere) {
    RequestSender sender =
        new RequestSender(
            Records.writer(),
            sink,
            new ShardMap(4),
            runsHere,
            waiting,
            answers,
            timeout,
            maxInFlight);
    sender.open();
    return sender;
  }

  private static String idOf(OutgoingMessage message) {
    return message.headers().getOrDefault(WireHeaders.ID, "");
  }

  private static Verdict cancel(RequestSender sender) throws UnavailableException {
    return sender.cancel(Records.SAGA, "T-1", "anna", "because");
  }

  @AfterEach
  void nobodyIsLeftWaiting() {
    assertThat(waiting.count()).isZero();
  }

  @Test
  void shouldAnswer_whenALaneOfThisProcessDecides() throws Exception {
    // given
    sink.lane = message -> waiting.tellAnswer(idOf(message), DECIDED);

    // when
    Answer answer = sender(Duration.ofSeconds(10), 1).start("trip", Records.SAGA, "T-1", "{}");

    // then
    assertThat(answer).isEqualTo(DECIDED);
    assertThat(answers.looks).hasValue(0);
    assertThat(sink.sent)
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.topic()).isEqualTo(Records.REQUESTS);
              assertThat(message.partition()).hasValue(new ShardMap(4).ofKey("T-1"));
              assertThat(message.headers()).containsEntry(WireHeaders.TYPE, "StartSaga");
            });
  }

  @Test
  void shouldSayWhatIsAsked_whateverIsAsked() throws Exception {
    // given
    sink.lane = message -> waiting.tellAnswer(idOf(message), DECIDED);
    RequestSender sender = sender(Duration.ofSeconds(10), 1);
    StepName room = new StepName("room", "N-1");

    // when
    sender.retry(Records.SAGA, "T-1", "anna", "because");
    sender.skip(Records.SAGA, "T-1", room, Phase.COMPENSATION, "null", "anna", "because");
    sender.signal(Records.SAGA, "T-1", room, "s-1", "{}");

    // then
    assertThat(sink.sent)
        .extracting(message -> message.headers().get(WireHeaders.TYPE))
        .containsExactly("RetrySaga", "SkipStep", "SignalSaga");
    assertThat(sink.sent.get(1).headers())
        .containsEntry(WireHeaders.STEP, "room")
        .containsEntry(WireHeaders.ITEM, "N-1")
        .containsEntry(WireHeaders.PHASE, "compensation")
        .containsEntry(RequestTypes.ACTOR, "anna")
        .containsEntry(RequestTypes.REASON, "because");
    // The signal's id tells repeats; the message's own is for its answer.
    assertThat(sink.sent.get(2).headers())
        .containsEntry(WireHeaders.IDEMPOTENCY_KEY, "s-1")
        .hasEntrySatisfying(WireHeaders.ID, id -> assertThat(id).isNotEqualTo("s-1"));
  }

  @Test
  void shouldSayWhoIsInTheWay_whenAnotherProcessRefusedTheStart() throws Exception {
    // given
    Verdict excluded = new Verdict.Excluded(Records.SAGA, "it has not ended");
    answers.exclusion = Optional.of(excluded);

    // when
    Answer answer =
        sender(Duration.ofSeconds(10), 1)
            .start("trip", SagaId.forStart("trip", "T-1", "s-1"), "T-1", "{}");

    // then
    assertThat(answer.verdict()).isEqualTo(excluded);
  }

  @Test
  void shouldNotLookForOthers_whenAKeyIsOneSaga() {
    // given
    RequestSender sender = sender(Duration.ofMillis(200), 1);

    // when, then
    assertThatThrownBy(() -> sender.start("trip", SagaId.forKey("trip", "T-1"), "T-1", "{}"))
        .isInstanceOf(UnavailableException.class);
    assertThat(answers.looks.get()).isPositive();
    assertThat(answers.exclusionLooks).hasValue(0);
  }

  @Test
  void shouldAnswer_whenAnotherProcessDecided() throws Exception {
    // given
    answers.verdict = Optional.of(IGNORED);

    // then
    assertThat(cancel(sender(Duration.ofSeconds(10), 1))).isEqualTo(IGNORED);
  }

  @Test
  void shouldLookOften_whenAnotherProcessRunsTheShard() {
    assertThatThrownBy(() -> cancel(sender(Duration.ofMillis(300), 1)))
        .isInstanceOf(UnavailableException.class);
    assertThat(answers.looks).hasValueGreaterThan(1);
  }

  @Test
  void shouldLookOnceBeforeItGivesUp_whenALaneOfThisProcessRunsTheShard() {
    int shard = new ShardMap(4).ofKey("T-1");

    assertThatThrownBy(() -> cancel(sender(Duration.ofMillis(300), 1, s -> s == shard)))
        .isInstanceOf(UnavailableException.class);
    assertThat(answers.looks).hasValue(1);
  }

  @Test
  void shouldGoOnLooking_whenTheDatabaseIsAwayForAWhile() throws Exception {
    // given
    answers.verdict = Optional.of(IGNORED);
    answers.failures = 2;

    // then
    assertThat(cancel(sender(Duration.ofSeconds(10), 1))).isEqualTo(IGNORED);
    assertThat(answers.looks).hasValue(3);
  }

  @Test
  void shouldBeUnavailable_whenNoAnswerComes() {
    // given
    RequestSender sender = sender(Duration.ofMillis(80), 1);

    // then
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> cancel(sender))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("did not come within");
    }
  }

  @Test
  void shouldBeUnavailable_whenKafkaDoesNotTakeIt() {
    // given
    sink.lane =
        message -> {
          throw new MessageSink.SinkException("away", new IllegalStateException());
        };
    RequestSender sender = sender(Duration.ofSeconds(10), 1);

    // then
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> cancel(sender))
          .isInstanceOfSatisfying(
              UnavailableException.class, e -> assertThat(e.retryAfter()).isPositive())
          .hasMessageContaining("Kafka");
    }
  }

  @Test
  void shouldBeUnavailable_whenNotOpen() {
    // given
    RequestSender sender = sender(Duration.ofSeconds(10), 1);
    sender.close();

    // then
    assertThatThrownBy(() -> cancel(sender)).isInstanceOf(UnavailableException.class);
    assertThat(sink.sent).isEmpty();
  }

  @Test
  void shouldBeUnavailable_whenThereIsNoRoom() throws Exception {
    // given
    RequestSender sender = sender(Duration.ofSeconds(30), 2);
    CountDownLatch bothSent = new CountDownLatch(2);
    List<String> requests = new ArrayList<>();
    sink.lane =
        message -> {
          synchronized (requests) {
            requests.add(idOf(message));
          }
          bothSent.countDown();
        };
    CompletableFuture<Verdict> first = async(sender);
    CompletableFuture<Verdict> second = async(sender);
    assertThat(bothSent.await(10, TimeUnit.SECONDS)).isTrue();

    // then
    assertThatThrownBy(() -> cancel(sender))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("as many requests");

    // when
    requests.forEach(request -> waiting.tellAnswer(request, DECIDED));

    // then
    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(IGNORED);
    assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(IGNORED);
    sink.lane = message -> waiting.tellAnswer(idOf(message), DECIDED);
    assertThat(cancel(sender)).isEqualTo(IGNORED);
  }

  private static CompletableFuture<Verdict> async(RequestSender sender) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return cancel(sender);
          } catch (UnavailableException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  @Test
  void shouldKeepTheInterrupt_whenInterrupted() throws Exception {
    // given
    RequestSender sender = sender(Duration.ofSeconds(30), 1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    cancel(sender);
                    interrupted.complete(false);
                  } catch (UnavailableException e) {
                    interrupted.complete(Thread.currentThread().isInterrupted());
                  }
                });

    // when
    await().until(() -> answers.looks.get() > 0);
    caller.interrupt();

    // then
    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shouldTellTheEnd_whenALaneOrTheJournalSaysSo() throws Exception {
    // given
    RequestSender sender = sender(Duration.ofSeconds(30), 1);
    CompletableFuture<Boolean> end =
        CompletableFuture.supplyAsync(() -> awaitEnd(sender, Duration.ofSeconds(30)));
    await().until(() -> waiting.count() == 1);

    // when
    waiting.tellEnd(SagaId.forKey("trip", "another"));
    waiting.tellEnd(Records.SAGA);

    // then
    assertThat(end.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(awaitEnd(sender, Duration.ofMillis(80))).isFalse();
    answers.ended = true;
    assertThat(awaitEnd(sender, Duration.ofSeconds(30))).isTrue();
  }

  private static boolean awaitEnd(RequestSender sender, Duration atMost) {
    try {
      return sender.awaitEnd(Records.SAGA, atMost);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
