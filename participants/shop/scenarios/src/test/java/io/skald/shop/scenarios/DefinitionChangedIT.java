package io.skald.shop.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.standalone.ServiceProcess;
import io.skald.standalone.StandaloneException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** An orchestrator is deployed whose definition is not the one that a thousand sagas run on. */
@Scenarios
@Order(13)
final class DefinitionChangedIT {

  private static final int SAGAS = 1_000;

  private final Shop shop;

  DefinitionChangedIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldRefuseToStart_andFinishEverySagaLater_whenAStructureHasChangedUnderItsVersion() {
    // given: sagas that wait for participants that do not run
    ServiceProcess orchestrator = shop.orchestrator();
    orchestrator.stop();
    Rush rush = Rush.atFullSpeed(shop, SAGAS);
    Patience.await().until(shop::hasPublishedAllOrders);
    shop.process().stop();
    orchestrator.start();
    rush.awaitAllStarted();
    orchestrator.stop();
    // when: what they run on had another step than what is deployed
    rename("ScheduleShipping", "ScheduleParcel");
    try {
      orchestrator.start();
      assertThatThrownBy(() -> orchestrator.awaitHealthy(Patience.LIMIT))
          .isInstanceOf(StandaloneException.class)
          .hasMessageContaining("while it started");
    } finally {
      orchestrator.stop();
      rename("ScheduleParcel", "ScheduleShipping");
    }
    // then
    assertThat(orchestrator.log())
        .content()
        .contains("Definition order v1 has changed while its version has not")
        .contains(SAGAS + " live sagas run on it")
        .contains("step 'shipping': command was ScheduleParcel v1 and is ScheduleShipping v1");
    // and when
    orchestrator.start();
    orchestrator.awaitHealthy(Patience.LIMIT);
    shop.process().start();
    shop.process().awaitHealthy(Patience.LIMIT);
    // then
    rush.assertEndedWell();
  }

  /** As if the definition had been registered like this. */
  private void rename(String command, String other) {
    shop.engine()
        .change(
            """
            update definition
            set structure = replace(structure, ?, ?), fingerprint = reverse(fingerprint)
            where name = 'order'
            """,
            command,
            other);
  }
}
