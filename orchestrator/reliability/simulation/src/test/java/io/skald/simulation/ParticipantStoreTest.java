package io.skald.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.participant.FenceKey;
import io.skald.participant.FenceRow;
import io.skald.participant.FenceState;
import io.skald.participant.FenceStore;
import io.skald.participant.FenceStoreContract;
import io.skald.participant.RetryBatchException;
import io.skald.participant.Transactions;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The simulated store behaves as PostgreSQL does, else the simulation proves nothing. */
class ParticipantStoreTest extends FenceStoreContract {

  private final Trace trace = new Trace();
  private final ParticipantStore store = new ParticipantStore(new Timeline(trace), trace);
  private final FenceKey key = new FenceKey(new SagaId(new UUID(1, 2)), new StepName("payment"));
  private final FenceRow tombstone = new FenceRow(FenceState.TOMBSTONED, null, null);

  @Override
  protected FenceStore store() {
    return store;
  }

  @Override
  protected Transactions transactions() {
    return new Transactions() {
      @Override
      public <T> T inNew(Supplier<T> work) {
        return store.inNew(work, () -> {}, () -> {});
      }
    };
  }

  @Override
  protected String schema() {
    return "payment";
  }

  private void pay() {
    store.effect(key.saga(), key.step(), Phase.ACTION, 7);
  }

  @Test
  void shouldKeepEffectsAndRowsTogether_whateverBecomesOfTheCommit() {
    // when
    assertThatThrownBy(
            () ->
                store.inNew(
                    () -> {
                      pay();
                      store.add("", Map.of(key, tombstone));
                      return true;
                    },
                    () -> {
                      throw new Crash("before the commit");
                    },
                    () -> {}))
        .isInstanceOf(Crash.class);

    // then
    assertThat(store.effects()).isEmpty();
    assertThat(store.fences()).isEmpty();

    // when
    assertThatThrownBy(
            () ->
                store.inNew(
                    () -> {
                      pay();
                      store.add("", Map.of(key, tombstone));
                      return true;
                    },
                    () -> {},
                    () -> {
                      throw new Crash("after the commit");
                    }))
        .isInstanceOf(Crash.class);

    // then
    assertThat(store.effects()).hasSize(1);
    assertThat(store.fences()).containsOnlyKeys(key);
  }

  @Test
  void shouldNotGiveARow_whenAnotherTransactionHasIt() {
    transactions()
        .inNew(
            () -> {
              // given
              store.add("", Map.of(key, tombstone));

              // then: one that is under way meanwhile
              assertThatThrownBy(
                      () ->
                          transactions()
                              .inNew(
                                  () -> {
                                    store.add("", Map.of(key, tombstone));
                                    return true;
                                  }))
                  .isInstanceOf(RetryBatchException.class);
              return true;
            });
    assertThat(transactions().inNew(() -> store.find("", List.of(key)))).hasSize(1);
  }

  @Test
  void shouldSayWhatABackupHasLost() {
    // given
    store.backUp();
    transactions()
        .inNew(
            () -> {
              pay();
              store.add("", Map.of(key, tombstone));
              return true;
            });

    // when
    store.restore();

    // then
    assertThat(store.rewound()).containsExactly(key.saga());
    assertThat(store.effects()).isEmpty();
    assertThat(store.fences()).isEmpty();
  }
}
