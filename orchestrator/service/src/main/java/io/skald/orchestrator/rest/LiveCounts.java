package io.skald.orchestrator.rest;

import io.skald.machine.SagaStatus;
import io.skald.orchestrator.query.LiveCount;
import io.skald.orchestrator.query.Sagas;
import io.skald.saga.SagaDefinition;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** How many sagas are live, as far as it can be said in a moment. */
@Singleton
class LiveCounts {

  private static final Logger LOG = Logger.getLogger(LiveCounts.class);

  private final Sagas sagas;

  LiveCounts(Sagas sagas) {
    this.sagas = sagas;
  }

  /** Empty when the database does not say in time; definitions can be shown without. */
  Optional<List<LiveCount>> take() {
    try {
      return Optional.of(sagas.countLive());
    } catch (PersistenceException slow) {
      LOG.warnf("Expected to count live sagas in time, but: %s", slow.getMessage());
      return Optional.empty();
    }
  }

  static LiveView of(SagaDefinition<?> definition, List<LiveCount> counts) {
    LiveView view = LiveView.NONE;
    for (LiveCount count : counts) {
      if (count.definition().equals(definition.name()) && count.version() == definition.version()) {
        view = plus(view, count.status(), count.sagas());
      }
    }
    return view;
  }

  private static LiveView plus(LiveView view, SagaStatus status, long sagas) {
    return switch (status) {
      case QUEUED -> view.and(new LiveView(sagas, 0, 0, 0, 0));
      case RUNNING -> view.and(new LiveView(0, sagas, 0, 0, 0));
      case COMPENSATING -> view.and(new LiveView(0, 0, sagas, 0, 0));
      case PARKED -> view.and(new LiveView(0, 0, 0, sagas, 0));
      case HELD -> view.and(new LiveView(0, 0, 0, 0, sagas));
      case COMPLETED, COMPENSATED, ABORTED -> view;
    };
  }
}
