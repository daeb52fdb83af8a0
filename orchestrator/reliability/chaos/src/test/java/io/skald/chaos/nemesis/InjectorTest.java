package io.skald.chaos.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.chaos.stack.Host;
import io.skald.chaos.stack.Links;
import io.skald.chaos.stack.Server;
import io.skald.chaos.stack.Targets;
import io.skald.saga.message.crash.CrashPoint;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InjectorTest {

  private final Range targets = new Range();
  private final Injector injector =
      new Injector(
          targets,
          new BadRecords(new MockConsumer<>("earliest"), new MockProducer<>()),
          new Backends(
              () -> {
                throw new SQLException("connection refused");
              }));

  @ParameterizedTest
  @EnumSource(
      names = {
        "KILL",
        "FREEZE",
        "LONG_FREEZE",
        "BROKER_KILL",
        "BROKER_FREEZE",
        "DATABASE_KILL",
        "DATABASE_FREEZE"
      })
  void shouldComeToNothing_whenNothingRuns(FaultKind kind) throws Exception {
    // given
    targets.run = false;
    // then: and nobody waits for the end of what has not begun
    assertThat(injector.inject(fault(kind, Duration.ofDays(1)))).isFalse();
    assertThat(targets.thawed).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "KILL",
        "FREEZE",
        "LONG_FREEZE",
        "BROKER_KILL",
        "BROKER_FREEZE",
        "DATABASE_KILL",
        "DATABASE_FREEZE"
      })
  void shouldComeAbout_whenThereIsSomethingToHit(FaultKind kind) throws Exception {
    assertThat(injector.inject(fault(kind, Duration.ZERO))).isTrue();
    assertThat(targets.thawed).hasSize(kind.name().endsWith("FREEZE") ? 1 : 0);
  }

  @Test
  void shouldComeToNothing_whenTheDatabaseIsAway() throws Exception {
    assertThat(injector.inject(fault(FaultKind.BACKENDS_TERMINATED, Duration.ZERO))).isFalse();
  }

  private static PlannedFault fault(FaultKind kind, Duration lasts) {
    return new PlannedFault(
        Duration.ZERO, lasts, kind, Set.of(Host.PAYMENT), kind.server(), Optional.empty(), 1);
  }

  /** Targets that run or not, and tell what was let go on. */
  private static final class Range implements Targets {

    private boolean run = true;
    private final List<Enum<?>> thawed = new ArrayList<>();

    @Override
    public boolean kill(Host host) {
      return run;
    }

    @Override
    public boolean kill(Server server) {
      return run;
    }

    @Override
    public boolean freeze(Host host) {
      return run;
    }

    @Override
    public boolean freeze(Server server) {
      return run;
    }

    @Override
    public void thaw(Host host) {
      thawed.add(host);
    }

    @Override
    public void thaw(Server server) {
      thawed.add(server);
    }

    @Override
    public void restart(Host host) {}

    @Override
    public void crashAt(Host host, CrashPoint point) {}

    @Override
    public boolean hasCrashed(Host host) {
      return false;
    }

    @Override
    public void crashNoMore(Host host) {}

    @Override
    public Links links() {
      throw new UnsupportedOperationException("No link is hit here");
    }
  }
}
