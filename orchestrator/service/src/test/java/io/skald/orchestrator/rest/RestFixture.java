package io.skald.orchestrator.rest;

import static io.skald.orchestrator.rest.Orders.NOON;
import static io.skald.orchestrator.rest.Orders.awaitingReply;
import static io.skald.orchestrator.rest.Orders.step;
import static io.skald.orchestrator.rest.Orders.succeeded;

import io.quarkus.test.common.http.TestHTTPResource;
import io.skald.machine.SagaState;
import io.skald.saga.message.SagaId;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the tests of the REST API share: one running application, an empty database, a fake engine.
 */
@SuppressWarnings("NullAway.Init") // Quarkus fills the fields.
abstract class RestFixture {

  @Inject FakeRequests requests;
  @Inject Rows rows;

  @TestHTTPResource("/")
  URL server;

  @BeforeEach
  void startAfresh() {
    requests.reset();
    rows.clear();
  }

  RawHttp http() {
    return new RawHttp(server);
  }

  SagaId insertRunning() {
    return insertRunning("ORD-1", NOON);
  }

  SagaId insertRunning(String key, Instant createdAt) {
    SagaId id = SagaId.forKey("order", key);
    rows.insert(
        new SagaState.Running(
            Orders.core(
                id,
                key,
                createdAt,
                3,
                step("payment", succeeded()),
                step("screen", awaitingReply(2)))));
    return id;
  }
}
