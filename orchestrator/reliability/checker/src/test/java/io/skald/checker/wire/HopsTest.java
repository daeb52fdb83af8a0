package io.skald.checker.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.checker.HopCounts;
import io.skald.checker.JournalRow;
import io.skald.checker.SagaHistory;
import io.skald.checker.StepShape;
import io.skald.checker.Told;
import io.skald.machine.JournalEntry.AttemptFailed;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.SagaStarted;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.saga.message.IdempotencyKey;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Topic;
import io.skald.saga.message.WireHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HopsTest {

  private static final int HOME = 0;
  private static final Topic EVENTS = new Topic("order-events");
  private static final MessageType EVENT = new MessageType("OrderCreated", 1);
  private static final int SHARDS = 4;
  private static final Layout LAYOUT =
      new Layout(
          Told.ORDER.steps().stream().map(StepShape::participant).collect(Collectors.toSet()),
          Set.of(new Layout.Start(EVENTS, EVENT)),
          SHARDS);

  private final Told told = Told.completed();
  private final List<Seen> records = new ArrayList<>();

  HopsTest() {
    Map<String, String> latestCommand = new HashMap<>();
    for (JournalRow row : told.saga().journal()) {
      String cause = row.transition().cause();
      switch (row.transition().entries().getFirst()) {
        case SagaStarted e -> put("saga-requests", Map.of(WireHeaders.ID, cause));
        case CommandIssued e -> {
          String id = told.saga().id() + "-" + row.transition().seq() + "-0";
          latestCommand.put(e.step().value(), id);
          String key = new IdempotencyKey(told.saga().id(), e.step(), e.phase()).toString();
          put(
              e.participant().commands().name(),
              Map.of(WireHeaders.ID, id, WireHeaders.IDEMPOTENCY_KEY, key));
        }
        case AttemptFailed e -> reply("payment", cause, latestCommand.getOrDefault("payment", ""));
        case StepSucceeded e ->
            reply(e.step().value(), cause, latestCommand.getOrDefault(e.step().value(), ""));
        case InputIgnored e -> reply("payment", cause, "");
        default -> {}
      }
    }
  }

  @Test
  void shouldAccountForEverything_whenEachMessageHasLeftItsTrace() {
    assertThat(count()).allMatch(HopsTest::isExplained);
    assertThat(hop("journal to payment-commands").published()).isEqualTo(2);
    assertThat(hop("payment-commands to its answers").applied()).isEqualTo(1);
    assertThat(hop("payment-commands to its answers").duplicate()).isEqualTo(1);
    assertThat(hop("inputs to the journal").applied()).isEqualTo(7);
    assertThat(hop("inputs to the journal").duplicate()).isEqualTo(1);
  }

  @Test
  void shouldMissACommand_whenItNeverReachedItsTopic() {
    // when
    records.removeIf(record -> record.topic().equals("shipping-commands"));
    // then
    assertUnaccounted("journal to shipping-commands");
  }

  @Test
  void shouldMissAnAnswer_whenACommandHasNone() {
    // when
    put("shipping-commands", Map.of(WireHeaders.ID, "unanswered"));
    // then
    assertUnaccounted("shipping-commands to its answers");
  }

  @Test
  void shouldMissAnInput_whenItHasNoRowInTheJournal() {
    // when
    reply("shipping", "lost", "");
    // then
    assertUnaccounted("inputs to the journal");
  }

  @Test
  void shouldFindOneTooMany_whenAnInputHasTwoRows() {
    // when
    records.removeIf(record -> record.topic().equals("saga-requests"));
    put("saga-requests", Map.of(WireHeaders.ID, cause(1)));
    told.again(1);
    // then
    assertUnaccounted("inputs to the journal");
  }

  @Test
  void shouldCountDeadLettersAndForwardedRecords() {
    // when
    put("shipping-commands", Map.of());
    Seen dead = records.getLast();
    put(
        "shipping-commands-dlq",
        Map.of(
            "skald_dlq_topic",
            dead.topic(),
            "skald_dlq_partition",
            Integer.toString(dead.partition()),
            "skald_dlq_offset",
            Long.toString(dead.offset())));
    records.add(astray());
    forwardedTo(HOME, astray());
    // then
    assertThat(count()).allMatch(HopsTest::isExplained);
    assertThat(hop("shipping-commands to its answers").deadLetter()).isEqualTo(1);
    assertThat(hop("inputs to the journal").forwarded()).isEqualTo(1);
  }

  @Test
  void shouldMissAnInput_whenItStandsInAnotherShardAndWasNotForwarded() {
    // when
    records.add(astray());
    // then
    assertUnaccounted("inputs to the journal");
    // when: of two, only one was
    records.add(astray());
    forwardedTo(HOME, astray());
    // then
    assertUnaccounted("inputs to the journal");
  }

  @Test
  void shouldFindBoth_whenOneIsMissingAndAnotherCountedTwice() {
    // when
    reply("shipping", "lost", "");
    told.again(1);
    // then
    assertThat(hop("inputs to the journal").unexplained()).hasSize(2);
  }

  private Seen astray() {
    return new Seen(
        "shipping-events",
        HOME + 1,
        0,
        Map.of(
            WireHeaders.OUTCOME,
            "succeeded",
            WireHeaders.ID,
            "astray",
            WireHeaders.SAGA_ID,
            told.saga().id().toString()));
  }

  /** Its copy was refused there. */
  private void forwardedTo(int shard, Seen original) {
    int offset = records.size();
    records.add(new Seen("saga-requests", shard, offset, original.headers()));
    records.add(
        new Seen(
            "saga-requests-dlq",
            shard,
            0,
            Map.of(
                "skald_dlq_topic",
                "saga-requests",
                "skald_dlq_partition",
                "" + shard,
                "skald_dlq_offset",
                "" + offset)));
  }

  /** It names no saga, unlike all others. */
  @Test
  void shouldCountAStartingEventAsForwarded_whenItStandsInAnotherShard() {
    // when
    records.add(
        new Seen(
            EVENTS.name(),
            HOME + 1,
            0,
            Map.of(WireHeaders.ID, cause(1), WireHeaders.TYPE, EVENT.name())));
    // then
    assertThat(count()).allMatch(HopsTest::isExplained);
    assertThat(hop("inputs to the journal").forwarded()).isEqualTo(1);
  }

  /**
   * Seed 808 of the chaos run: a record was spoilt so that it named no saga, and then copied to
   * another partition, from where it was forwarded to the dead letters of its own.
   */
  @Test
  void shouldCountAsForwarded_whenItNamesNoSagaAndIsADeadLetterWhereItBelongs() {
    // given
    Map<String, String> stray =
        Map.of(
            WireHeaders.ID,
            "stray",
            WireHeaders.OUTCOME,
            "succeeded",
            WireHeaders.SAGA_ID,
            "83bdf4ec-e877-70ca-a23e-a0ea6331239e");
    records.add(new Seen("payment-events", HOME + 1, 855, stray));
    assertUnaccounted("inputs to the journal");
    // when
    forwardedTo(HOME, records.getLast());
    // then
    assertThat(count()).allMatch(HopsTest::isExplained);
    assertThat(hop("inputs to the journal").forwarded()).isEqualTo(1);
    // when: another such record, with no copy of its own
    records.add(new Seen("payment-events", HOME + 1, 856, stray));
    // then
    assertUnaccounted("inputs to the journal");
  }

  /**
   * Whoever starts a saga by an event can't know its id, so what such an event says of it is
   * nothing.
   */
  @Test
  void shouldCountAStart_whenItNamesASagaThatThereIsNot() {
    // when
    records.removeIf(record -> record.topic().equals("saga-requests"));
    records.add(
        new Seen(
            EVENTS.name(),
            HOME,
            0,
            Map.of(
                WireHeaders.ID,
                cause(1),
                WireHeaders.TYPE,
                EVENT.name(),
                WireHeaders.SAGA_ID,
                "0193e365-444c-790f-8f01-4c62e77337dc")));
    // then
    assertThat(count()).allMatch(HopsTest::isExplained);
  }

  @Test
  void shouldNameWhatIsMissing_whenAnInputHasNoRow() {
    // when
    records.add(
        new Seen(
            "payment-events",
            HOME,
            7,
            Map.of(
                WireHeaders.ID,
                "nobody-took-me",
                WireHeaders.OUTCOME,
                "succeeded",
                WireHeaders.SAGA_ID,
                told.saga().id().toString())));
    // then
    assertThat(hop("inputs to the journal").unexplained())
        .singleElement()
        .asString()
        .contains("nobody-took-me", "payment-events");
  }

  /** One event may start sagas of several definitions, and is forwarded for each of them. */
  @Test
  void shouldCountEachForwardedStart_whenAnEventStartsTwoSagas() {
    // given
    Told other = Told.startedBy(cause(1));
    records.removeIf(record -> record.topic().equals("saga-requests"));
    records.add(
        new Seen(
            EVENTS.name(),
            HOME + 1,
            0,
            Map.of(WireHeaders.ID, cause(1), WireHeaders.TYPE, EVENT.name())));
    for (SagaHistory saga : List.of(told.saga(), other.saga())) {
      put(
          "saga-requests",
          Map.of(WireHeaders.ID, cause(1), WireHeaders.SAGA_ID, saga.id().toString()));
    }
    // when
    var hops = new Hops(Wire.of(LAYOUT, records), List.of(told.saga(), other.saga())).count();
    // then
    assertThat(hops).allMatch(HopsTest::isExplained);
  }

  @Test
  void shouldTakeARecordForArrived_whenItsTopicHasMorePartitionsThanThereAreShards() {
    // when
    records.replaceAll(
        record ->
            new Seen(
                record.topic(), record.partition() + SHARDS, record.offset(), record.headers()));
    // then
    assertThat(count()).allMatch(HopsTest::isExplained);
    assertThat(hop("inputs to the journal").forwarded()).isZero();
  }

  @Test
  void shouldExcuseWhatWasLostOnPurpose() {
    // given: a command and an answer that were sent, and never arrived
    put("shipping-commands", Map.of(WireHeaders.ID, "answered"));
    Seen command =
        records.stream()
            .filter(r -> r.topic().equals("payment-commands"))
            .findFirst()
            .orElseThrow();
    records.remove(command);
    Map<String, String> answer =
        Map.of(WireHeaders.OUTCOME, "failed", WireHeaders.CAUSATION_ID, "answered");
    List<Seen> sent = List.of(command, new Seen("shipping-events", -1, -1, answer));
    // when
    var hops = count(Wire.withLosses(LAYOUT, records, sent, Set.of()));
    // then
    assertThat(hops).allMatch(HopsTest::isExplained);
    assertThat(hops).extracting(HopCounts::lost).contains(1L);
    assertThat(count()).anyMatch(hop -> !isExplained(hop));
  }

  @Test
  void shouldSayNothingOfATopicsRecords_whenItWasLostWithThem() {
    // given
    put("shipping-commands", Map.of(WireHeaders.ID, "unread"));
    reply("shipping", "unread", "");
    // when
    var hops =
        count(
            Wire.withLosses(
                LAYOUT, records, List.of(), Set.of("shipping-commands", "shipping-events")));
    // then
    assertThat(hops).allMatch(HopsTest::isExplained);
    assertThat(hops)
        .extracting(HopCounts::hop)
        .contains("journal to shipping-commands")
        .doesNotContain("shipping-commands to its answers");
  }

  private static boolean isExplained(HopCounts hop) {
    return hop.delivered() == hop.accounted() && hop.unexplained().isEmpty();
  }

  private void assertUnaccounted(String name) {
    assertThat(count())
        .filteredOn(hop -> !isExplained(hop))
        .extracting(HopCounts::hop)
        .containsExactly(name);
  }

  private List<HopCounts> count() {
    return count(Wire.of(LAYOUT, records));
  }

  private List<HopCounts> count(Wire wire) {
    return new Hops(wire, List.of(told.saga())).count();
  }

  private HopCounts hop(String name) {
    return count().stream().filter(hop -> hop.hop().equals(name)).findFirst().orElseThrow();
  }

  private String cause(int row) {
    return told.saga().journal().get(row - 1).transition().cause();
  }

  private void reply(String participant, String id, String command) {
    put(
        participant + "-events",
        Map.of(
            WireHeaders.ID,
            id,
            WireHeaders.OUTCOME,
            "succeeded",
            WireHeaders.CAUSATION_ID,
            command,
            WireHeaders.SAGA_ID,
            told.saga().id().toString()));
  }

  private void put(String topic, Map<String, String> headers) {
    records.add(new Seen(topic, HOME, records.size(), headers));
  }
}
