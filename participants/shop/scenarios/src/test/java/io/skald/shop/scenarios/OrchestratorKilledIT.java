package io.skald.shop.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.standalone.ServiceProcess;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Scenario 7: the orchestrator dies in the middle of its work. */
@Scenarios
@Order(7)
final class OrchestratorKilledIT {

  private final Shop shop;

  OrchestratorKilledIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldFinishEverySaga_whenTheOrchestratorIsKilledAndStartedAgain() {
    // given
    Rush rush = Rush.of(shop, 200);
    ServiceProcess orchestrator = shop.orchestrator();
    int restarts = orchestrator.restarts();
    long epochs = shop.engine().number("select sum(epoch) from shard");
    // when
    rush.awaitTheMiddle();
    orchestrator.kill();
    // then
    rush.assertIsInTheMiddle();
    orchestrator.awaitHealthy(Patience.LIMIT);
    rush.assertEndedWell();
    assertThat(orchestrator.restarts()).isEqualTo(restarts + 1);
    assertThat(shop.engine().number("select sum(epoch) from shard")).isGreaterThan(epochs);
  }

  /**
   * What the lanes have committed, and Kafka has not got, is in the journal alone. A patient
   * orchestrator would wait for minutes before it asks again.
   */
  @Test
  void shouldPublishWhatNeverLeft_whenKafkaDiesBeforeTheOrchestrator() {
    // given: orders that all start at once
    ServiceProcess orchestrator = shop.orchestrator();
    orchestrator.stop();
    Rush rush = Rush.atFullSpeed(shop, 200);
    orchestrator.start();
    rush.awaitTheFirst();
    // when
    shop.kafka().kill();
    orchestrator.kill();
    orchestrator.stop();
    // then
    rush.assertIsInTheMiddle();
    shop.kafka().awaitHealthy(Patience.LIMIT);
    orchestrator.start();
    orchestrator.awaitHealthy(Patience.LIMIT);
    rush.assertEndedWell();
  }
}
