package io.skald.orchestrator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.machine.BlockState;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.orchestrator.lane.InputPartition;
import io.skald.saga.message.StepName;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecsTest {

  private static final int TRIES = 5_000;

  @Test
  void shouldGiveTheSameState_whenEncodedAndDecoded() {
    RandomSagas sagas = new RandomSagas(new Random(1));
    Set<Class<?>> kinds = new HashSet<>();
    for (int i = 0; i < TRIES; i++) {
      // given
      SagaState state = sagas.state();
      kinds.add(state.getClass());
      state.core().blocks().forEach(block -> kinds.add(block.getClass()));

      // when
      String text = StateCodec.encode(state);
      SagaState again = StateCodec.decode(row(state, text));

      // then
      assertThat(again).isEqualTo(state);
      assertThat(StateCodec.encode(again)).isEqualTo(text);
      assertIsStorable(text);
    }
    assertThat(kinds).hasSize(7 + BlockState.class.getPermittedSubclasses().length);
  }

  @Test
  void shouldGiveTheSameEntries_whenEncodedAndDecoded() {
    RandomSagas sagas = new RandomSagas(new Random(2));
    Set<Class<?>> kinds = new HashSet<>();
    for (int i = 0; i < TRIES; i++) {
      // given
      List<JournalEntry> entries = sagas.entries();
      entries.forEach(entry -> kinds.add(entry.getClass()));

      // when
      String text = EntryCodec.encode(entries);
      List<JournalEntry> again = EntryCodec.decode(text);

      // then
      assertThat(again).isEqualTo(entries);
      assertThat(EntryCodec.encode(again)).isEqualTo(text);
      assertIsStorable(text);
    }
    assertThat(kinds).hasSize(JournalEntry.class.getPermittedSubclasses().length);
  }

  @Test
  void shouldReadWhatWasWrittenBeforeThereWereSubSagas() {
    assertThat(
            EntryCodec.decode(
                "[{\"type\":\"SagaStarted\",\"id\":\"00000000-0000-0000-0000-000000000001\",\"definition\":\"t\","
                    + "\"version\":1,\"fingerprint\":\"f\",\"key\":\"k\",\"startDigest\":\"d\",\"data\":{}}]"))
        .singleElement()
        .isInstanceOfSatisfying(
            JournalEntry.SagaStarted.class, started -> assertThat(started.parent()).isEmpty());
  }

  /** What PostgreSQL and Kafka keep is what is in memory. */
  private static void assertIsStorable(String text) {
    assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(text);
    assertThat(text).doesNotContain("\0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.10",
        "1E+3",
        "0.1",
        "100000000000000000000000000000000",
        "0.1000000000000000055511151231257827021181583404541015625",
        "{\"b\":1.0,\"a\":[1.00,{}]}",
        "\"\\u0000\"",
        "null"
      })
  void shouldKeepPayloadsToTheLetter(String payload) {
    // given
    List<JournalEntry> entries =
        List.of(new StepSucceeded(new StepName("s"), 1, payload, Optional.of(payload)));

    // when
    List<JournalEntry> again = EntryCodec.decode(EntryCodec.encode(entries));

    // then
    assertThat(again).isEqualTo(entries);
  }

  @Test
  void shouldSayWhatItFound_whenStoredTextIsBroken() {
    assertThatThrownBy(() -> EntryCodec.decode("[{\"type\":\"NoSuchEntry\"}]"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NoSuchEntry");
    assertThatThrownBy(() -> EntryCodec.decode("[{"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[{");
  }

  @Test
  void shouldKeepOffsets_whateverTopicsAreCalled() {
    // given
    Map<InputPartition, Long> offsets =
        Map.of(
            new InputPartition("order-events", 0), 0L,
            new InputPartition("a.b_c-d", 131), Long.MAX_VALUE,
            new InputPartition("slash/in/it", 3), 5L);

    // when
    String text = Offsets.encode(offsets);

    // then
    assertThat(Offsets.decode(text)).isEqualTo(offsets);
    assertThat(Offsets.encode(Offsets.decode(text))).isEqualTo(text);
    assertThat(Offsets.decode("{}")).isEmpty();
  }

  private static StateCodec.Row row(SagaState state, String text) {
    SagaCore core = state.core();
    return new StateCodec.Row(
        core.id(),
        core.definition(),
        core.version(),
        state.status(),
        core.key(),
        core.seq(),
        core.data(),
        text,
        core.startedAt(),
        core.updatedAt());
  }
}
