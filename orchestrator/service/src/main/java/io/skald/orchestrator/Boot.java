package io.skald.orchestrator;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.skald.orchestrator.config.SkaldConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** Starts and stops the orchestrator with its process, unless that is not to run sagas. */
@Singleton
final class Boot {

  private final SkaldConfig config;
  private final Orchestrator orchestrator;

  Boot(SkaldConfig config, Orchestrator orchestrator) {
    this.config = config;
    this.orchestrator = orchestrator;
  }

  /** Last of all at start: the database is migrated by then. */
  void onStart(@Observes @Priority(10_000) StartupEvent event) {
    if (config.enabled()) {
      orchestrator.start();
    }
  }

  void onStop(@Observes ShutdownEvent event) throws InterruptedException {
    if (config.enabled()) {
      orchestrator.stop();
    }
  }

  /** All that is wrong, in one message. */
  static String refusal(List<String> faults) {
    StringBuilder text = new StringBuilder("Skald does not start; ");
    text.append(faults.size() == 1 ? "1 fault is" : faults.size() + " faults are");
    text.append(" to be mended first:");
    for (int i = 0; i < faults.size(); i++) {
      text.append(System.lineSeparator()).append(i + 1).append(". ").append(faults.get(i));
    }
    return text.toString();
  }
}
