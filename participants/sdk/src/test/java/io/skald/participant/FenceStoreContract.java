package io.skald.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.saga.message.MessageType;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What participants rely on of any store of fence rows, and of its transactions. */
public abstract class FenceStoreContract {

  private static final RecordedReply PAID =
      new RecordedReply(new MessageType("Paid", 1), "{\"amount\":7}");
  private static final RecordedReply REFUNDED =
      new RecordedReply(new MessageType("Refunded", 2), "{}");
  private static final FenceRow DONE = new FenceRow(FenceState.DONE, PAID, null);
  private static final FenceRow UNDONE = new FenceRow(FenceState.COMPENSATED, PAID, REFUNDED);
  private static final FenceRow TOMBSTONE = new FenceRow(FenceState.TOMBSTONED, null, null);

  private final FenceKey one = key();
  private final FenceKey other = key();

  protected abstract FenceStore store();

  protected abstract Transactions transactions();

  /** Where the rows are. */
  protected abstract String schema();

  private static FenceKey key() {
    return new FenceKey(new SagaId(UUID.randomUUID()), new StepName("payment"));
  }

  private void inNew(Runnable work) {
    transactions()
        .inNew(
            () -> {
              work.run();
              return true;
            });
  }

  private Map<FenceKey, FenceRow> found() {
    return transactions().inNew(() -> store().find(schema(), List.of(one, other)));
  }

  @Test
  void shouldFindNothing_whenNothingWasAdded() {
    assertThat(found()).isEmpty();
  }

  @Test
  void shouldFindWhatWasAdded_whenItIsCommitted() {
    // when
    inNew(() -> store().add(schema(), Map.of(one, DONE, other, TOMBSTONE)));

    // then
    assertThat(found()).isEqualTo(Map.of(one, DONE, other, TOMBSTONE));
  }

  @Test
  void shouldFindWhatWasChanged_whenItIsCommitted() {
    // given
    inNew(() -> store().add(schema(), Map.of(one, DONE, other, DONE)));

    // when
    inNew(
        () -> {
          store().find(schema(), List.of(one));
          store().change(schema(), Map.of(one, UNDONE));
        });

    // then
    assertThat(found()).isEqualTo(Map.of(one, UNDONE, other, DONE));
  }

  @Test
  void shouldKeepItemsApart_whenAStepIsDoneForEach() {
    // given
    FenceKey none = key();
    FenceKey first = ofItem(none, "P-17");
    FenceKey second = ofItem(none, "Grüße, 東京 \"2\" 😀");
    List<FenceKey> all = List.of(none, first, second);

    // when
    inNew(() -> store().add(schema(), Map.of(first, DONE, second, DONE)));
    inNew(
        () -> {
          store().find(schema(), all);
          store().change(schema(), Map.of(second, UNDONE));
          store().add(schema(), Map.of(none, TOMBSTONE));
        });

    // then
    assertThat(transactions().<Map<FenceKey, FenceRow>>inNew(() -> store().find(schema(), all)))
        .isEqualTo(Map.of(none, TOMBSTONE, first, DONE, second, UNDONE));
  }

  private static FenceKey ofItem(FenceKey step, String item) {
    return new FenceKey(step.saga(), step.step().of(item));
  }

  @Test
  void shouldKeepNothing_whenTheTransactionIsRolledBack() {
    // given
    inNew(() -> store().add(schema(), Map.of(one, DONE)));

    // when
    assertThatThrownBy(
            () ->
                inNew(
                    () -> {
                      store().change(schema(), Map.of(one, UNDONE));
                      store().add(schema(), Map.of(other, DONE));
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessageContaining("rolled back");

    // then
    assertThat(found()).isEqualTo(Map.of(one, DONE));
  }

  @Test
  void shouldKeepNothing_whenARowIsThereAlready() {
    // given
    inNew(() -> store().add(schema(), Map.of(one, DONE)));

    // when
    assertThatThrownBy(
            () -> inNew(() -> store().add(schema(), Map.of(one, TOMBSTONE, other, TOMBSTONE))))
        .isInstanceOf(RetryBatchException.class);

    // then
    assertThat(found()).isEqualTo(Map.of(one, DONE));
  }
}
