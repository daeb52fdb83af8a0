package io.skald.orchestrator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.machine.IgnoreReason;
import io.skald.machine.JournalEntry;
import io.skald.machine.Transition;
import io.skald.orchestrator.lane.Drive;
import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WireWriterTest {

  private final WireWriter writer = Records.writer();

  private List<OutgoingMessage> messagesOf(Drive saga, int transition) {
    return writer.messagesOf(saga.state().core(), 3, saga.transitions().get(transition));
  }

  @Test
  void shouldSayEverythingOfTheContract_whenACommandLeaves() {
    // given
    Drive saga = Drive.started("T-1");

    // when
    OutgoingMessage command = messagesOf(saga, 0).get(1);

    // then
    assertThat(command.topic()).isEqualTo("hotel-commands");
    assertThat(command.key()).isEqualTo("T-1");
    assertThat(command.partition()).isEmpty();
    assertThat(command.value()).asString().isEqualTo("{\"step\":\"hotel\",\"trip\":\"T-1\"}");
    assertThat(command.headers())
        .hasEntrySatisfying("traceparent", WireWriterTest::assertValidTraceParent)
        .containsEntry("ce_specversion", "1.0")
        .containsEntry("ce_id", saga.id() + "-1-1")
        .containsEntry("ce_type", "Do")
        .containsEntry("ce_source", "skald")
        .containsEntry("ce_time", "2026-03-01T12:00:00Z")
        .containsEntry("ce_subject", "T-1")
        .containsEntry("content-type", "application/json")
        .containsEntry("ce_dataversion", "1")
        .containsEntry("ce_sagaid", saga.id().toString())
        .containsEntry("ce_sagastep", "hotel")
        .containsEntry("ce_sagaphase", "action")
        .containsEntry("ce_sagaattempt", "1")
        .containsEntry("ce_sagashard", "3")
        .containsEntry("ce_idempotencykey", saga.id() + "/hotel/action")
        .containsEntry("ce_correlationid", saga.id().toString())
        .containsEntry("ce_causationid", "T-1-1")
        .containsEntry("ce_sagadefinition", "trip")
        .containsEntry("ce_sagadefinitionversion", "1");
  }

  private static void assertValidTraceParent(String value) {
    assertThat(value).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
    assertThat(value).doesNotContain("-" + "0".repeat(32) + "-", "-" + "0".repeat(16) + "-");
  }

  @Test
  void shouldKeepTheIdempotencyKey_andCountAttempts_whenTriedAgain() {
    // given
    Drive saga = Drive.started("T-1").fail().wake();

    // when
    OutgoingMessage first = messagesOf(saga, 0).get(1);
    OutgoingMessage second = messagesOf(saga, 2).getFirst();

    // then
    assertThat(second.headers())
        .containsEntry(WireHeaders.ATTEMPT, "2")
        .containsEntry(
            WireHeaders.IDEMPOTENCY_KEY, first.headers().get(WireHeaders.IDEMPOTENCY_KEY));
    assertThat(second.headers().get(WireHeaders.ID)).isNotEqualTo(first.headers().get("ce_id"));
  }

  @Test
  void shouldHaveAnotherIdempotencyKey_whenItUndoes() {
    // given
    Drive saga = Drive.started("T-1").succeed().cancel();

    // when
    OutgoingMessage undo = messagesOf(saga, 2).getLast();

    // then
    assertThat(undo.headers())
        .containsEntry(WireHeaders.PHASE, "compensation")
        .containsEntry(WireHeaders.IDEMPOTENCY_KEY, saga.id() + "/flight/compensation");
  }

  @Test
  void shouldSayWhatHappened_whenALifecycleEventLeaves() throws IOException {
    // given
    Drive saga = Drive.started("T-1").reject();

    // when
    List<OutgoingMessage> messages = messagesOf(saga, 1);

    // then
    assertThat(messages)
        .extracting(message -> message.headers().get(WireHeaders.TYPE))
        .containsExactly("StepRejected", "SagaCompensating", "SagaCompensated");
    assertThat(messages).allMatch(message -> message.topic().equals("saga-events"));
    JsonNode rejected = new ObjectMapper().readTree(messages.getFirst().value());
    assertThat(rejected.get("step").asText()).isEqualTo("hotel");
    assertThat(rejected.get("problem").get("code").asText()).isEqualTo("NO");
    assertThat(rejected.get("sagaId").asText()).isEqualTo(saga.id().toString());
    assertThat(rejected.get("key").asText()).isEqualTo("T-1");
  }

  @Test
  void shouldSayWhoTookAStepForDone_butNotWithWhichReply() throws IOException {
    // given
    Drive saga = Drive.started("T-1");
    JournalEntry skipped =
        new JournalEntry.StepSkipped(
            new StepName("hotel", "N-1"),
            Phase.ACTION,
            "{\"receipt\":\"secret\"}",
            Optional.of("{\"receipts\":[\"secret\"]}"),
            "anna",
            "by hand");
    Transition transition = new Transition(saga.id(), 2, Instant.EPOCH, "x", List.of(skipped));

    // when
    OutgoingMessage event = writer.messagesOf(saga.state().core(), 3, transition).getFirst();

    // then
    JsonNode payload = new ObjectMapper().readTree(event.value());
    assertThat(payload.get("type").asText()).isEqualTo("StepSkipped");
    assertThat(payload.get("step").asText()).isEqualTo("hotel/N-1");
    assertThat(payload.get("phase").asText()).isEqualTo("action");
    assertThat(payload.get("actor").asText()).isEqualTo("anna");
    assertThat(payload.get("reason").asText()).isEqualTo("by hand");
    assertThat(payload.toString()).doesNotContain("secret");
  }

  @Test
  void shouldGiveTheSameMessages_wheneverTheyAreMade() {
    Random random = new Random(1);
    Set<String> kinds = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      // given
      Drive saga = Drive.started("T-" + i);
      List<List<OutgoingMessage>> before = new ArrayList<>();
      before.add(messagesOf(saga, 0));
      for (int j = random.nextInt(15); j > 0; j--) {
        int known = saga.transitions().size();
        saga.anything(random);
        if (saga.transitions().size() > known) {
          before.add(messagesOf(saga, known));
        }
      }

      // when: from the state as it is at the end
      for (int j = 0; j < before.size(); j++) {
        List<OutgoingMessage> again = messagesOf(saga, j);

        // then
        assertSame(again, before.get(j));
        for (OutgoingMessage message : again) {
          assertThat(ids.add(message.headers().get(WireHeaders.ID))).isTrue();
          assertThat(message.headers())
              .hasEntrySatisfying(WireHeaders.TRACE_PARENT, WireWriterTest::assertValidTraceParent);
          kinds.add(message.headers().get(WireHeaders.TYPE));
        }
      }
    }
    assertThat(kinds)
        .contains("Do", "Undo", "SagaStarted", "SagaCompleted", "SagaParked", "SagaAborted");
  }

  private static void assertSame(List<OutgoingMessage> again, List<OutgoingMessage> before) {
    assertThat(again).hasSameSizeAs(before);
    for (int i = 0; i < again.size(); i++) {
      assertThat(again.get(i).headers()).isEqualTo(before.get(i).headers());
      assertThat(again.get(i).value()).isEqualTo(before.get(i).value());
      assertThat(again.get(i).topic()).isEqualTo(before.get(i).topic());
      assertThat(again.get(i).key()).isEqualTo(before.get(i).key());
    }
  }

  @Test
  void shouldSendNothing_whenOnlyTheJournalsReadersCare() {
    // given
    Drive saga = Drive.started("T-1");
    Transition ignored =
        new Transition(
            saga.id(),
            2,
            Instant.EPOCH,
            "x",
            List.of(
                new JournalEntry.InputIgnored(
                    "StartRequested", IgnoreReason.REPEATED_START, "same")));

    // then
    assertThat(writer.messagesOf(saga.state().core(), 3, ignored)).isEmpty();
  }

  @Test
  void shouldKeepTheRecordAsItCame_whenItBecomesADeadLetter() {
    // when
    OutgoingMessage letter = writer.deadLetter(Records.reply(), "because");

    // then
    assertThat(letter.topic()).isEqualTo("hotel-events-dlq");
    assertThat(letter.key()).isEqualTo("T-1");
    assertThat(letter.value()).isEqualTo(Records.reply().value());
    assertThat(letter.headers())
        .containsAllEntriesOf(Records.reply().headers())
        .containsAllEntriesOf(
            Map.of(
                "skald_dlq_reason", "because",
                "skald_dlq_topic", "hotel-events",
                "skald_dlq_partition", "3",
                "skald_dlq_offset", "17"))
        .doesNotContainKey("skald_dlq_cut_from");
  }

  @Test
  void shouldAlwaysFit_whenAnOversizedRecordBecomesADeadLetter() {
    // given
    Map<String, String> headers = Records.replyHeaders();
    headers.put("zzz", "z".repeat(500_000));

    // when
    OutgoingMessage letter =
        writer.deadLetter(
            new Envelope(
                Records.reply().from(),
                1,
                Optional.of("k".repeat(100_000)),
                headers,
                new byte[5_000_000]),
            "r".repeat(100_000));

    // then
    assertThat(letter.value()).hasSize(256 * 1024);
    assertThat(letter.key()).hasSize(2_000);
    assertThat(letter.headers())
        .containsEntry("skald_dlq_cut_from", "5000000")
        .containsEntry("skald_dlq_reason", "r".repeat(2_000))
        .containsEntry(WireHeaders.STEP, "hotel")
        .doesNotContainKey("zzz");
  }
}
