package io.skald.orchestrator.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.Evolution;
import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;
import io.skald.machine.Transition;
import io.skald.orchestrator.lane.InMemoryJournal.Fault;
import io.skald.orchestrator.lane.World.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two lanes run a hundred sagas through crashes, takeovers, lost acknowledgements, commits of
 * unknown outcome, duplicates, losses and records gone astray, all from one seed. Then all heals,
 * and each saga must have ended with each effect once, or undone in reverse order.
 */
class LaneSimulationTest {

  private static final int SAGAS = 100;
  private static final int EVENTS = 4_000;
  private static final int MAX_HEALING = 20_000;

  /** More of them with {@code -Dskald.seeds=1000}. */
  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("skald.seeds", 8));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldEndEverySagaWithEachEffectOnce_whateverHappens(long seed) {
    Run run = new Run(seed);
    try {
      run.trouble();
      run.heal();
      run.check();
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError("Seed " + seed + ": " + broken.getMessage(), broken);
    }
  }

  private static final class Run {

    private final Random random;
    private final World world = new World();
    private final FencedParticipants participants;
    private final List<Node> nodes = new ArrayList<>();
    private int started;

    Run(long seed) {
      random = new Random(seed * 0x9E3779B97F4A7C15L);
      world.with(
          new LaneSettings(
              "x",
              5,
              20,
              10,
              Duration.ofSeconds(10),
              Duration.ofSeconds(1),
              Duration.ofSeconds(1)));
      world.with(random);
      participants = new FencedParticipants(world, random);
      nodes.add(fresh("a").claim(0, 1));
      nodes.add(fresh("b").claim(2, 3));
    }

    private Node fresh(String name) {
      Node node = world.node(name);
      node.sink().hold();
      node.source().setMaxRecords(1 + random.nextInt(10));
      return node;
    }

    void trouble() {
      for (int i = 0; i < EVENTS; i++) {
        happen();
      }
      while (started < SAGAS) {
        start();
      }
    }

    private void happen() {
      int roll = random.nextInt(1_000);
      if (roll < 350) {
        node().turn();
      } else if (roll < 600) {
        participants.handleNext();
      } else if (roll < 620) {
        participants.handleAgain();
      } else if (roll < 760) {
        FakeSink sink = node().sink();
        sink.acknowledge(random.nextInt(sink.waiting() + 1));
      } else if (roll < 860) {
        world.clock.tick(Duration.ofMillis(random.nextInt(400)));
      } else if (roll < 900) {
        start();
      } else if (roll < 915) {
        startAgain();
      } else if (roll < 935) {
        world.journal.failNext(
            random.nextBoolean() ? Fault.NOT_DONE : Fault.DONE_BUT_REPORTED_FAILED);
      } else if (roll < 950) {
        handOver();
      } else if (roll < 965) {
        crash(random.nextInt(nodes.size()));
      } else if (roll < 975) {
        node().claim(random.nextInt(World.SHARDS));
      } else if (roll < 985) {
        giveUp();
      } else if (roll < 995) {
        meanwhile();
      } else {
        world.clock.tick(Duration.ofSeconds(20));
      }
    }

    private Node node() {
      return nodes.get(random.nextInt(nodes.size()));
    }

    private void start() {
      if (started < SAGAS) {
        String key = "T-" + started++;
        if (random.nextInt(5) == 0) {
          world.requestOn(random.nextInt(World.SHARDS), key);
        } else {
          world.request(key);
        }
      }
    }

    private void startAgain() {
      if (started > 0) {
        world.request("T-" + random.nextInt(started));
      }
    }

    private void handOver() {
      int shard = random.nextInt(World.SHARDS);
      Node from = node();
      Node to = node();
      from.lane().release(shard, () -> to.claim(shard));
    }

    /** What was not acknowledged may have arrived or not. */
    private void crash(int index) {
      Node dead = nodes.get(index);
      if (random.nextBoolean()) {
        dead.sink().loseAcknowledgements();
      }
      Node next = fresh("n" + random.nextInt(1_000));
      nodes.set(index, next);
      dead.lane().shards().forEach(next::claim);
    }

    private void giveUp() {
      FakeSink sink = node().sink();
      if (sink.waiting() > 0) {
        sink.giveUp();
      }
    }

    /** Acknowledgements come in the middle of a turn. */
    private void meanwhile() {
      Node node = node();
      node.source().whilePolling(() -> node.sink().acknowledge(node.sink().waiting()));
    }

    void heal() {
      participants.heal();
      world.journal.heal();
      for (Node node : nodes) {
        node.sink().let();
        node.source().setMaxRecords(1_000);
      }
      nodes.get(0).claim(0, 1, 2, 3);
      for (int shard = 0; shard < World.SHARDS; shard++) {
        nodes.get(1).lane().release(shard, () -> {});
      }
      for (int i = 0; i < MAX_HEALING && !isAtRest(); i++) {
        nodes.forEach(Node::turn);
        for (int j = 0; j < 50; j++) {
          participants.handleNext();
        }
        world.clock.tick(Duration.ofMillis(200));
        if (i % 50 == 49) {
          resumeParked();
        }
      }
    }

    private boolean isAtRest() {
      return world.journal.sagas().size() == SAGAS
          && world.journal.sagas().stream().allMatch(s -> s.state().status().isTerminal());
    }

    private void resumeParked() {
      for (int i = 0; i < SAGAS; i++) {
        String key = "T-" + i;
        if (world
            .journal
            .saga(World.id(key))
            .filter(SagaState.Parked.class::isInstance)
            .isPresent()) {
          world.ask("ResumeSaga", key);
        }
      }
    }

    void check() {
      for (int i = 0; i < SAGAS; i++) {
        String key = "T-" + i;
        SagaState state = world.saga(key);
        assertThat(state.status().isTerminal()).as("%s is %s", key, state.status()).isTrue();
        assertThat(replayed(world.journal.transitions(World.id(key)))).isEqualTo(state);
        assertEffects(key, state.status());
      }
      for (int shard = 0; shard < World.SHARDS; shard++) {
        assertThat(world.journal.above(shard, 0))
            .extracting(Journal.Unpublished::seq)
            .hasSize(Math.toIntExact(world.journal.row(shard).journalSeq()))
            .isSorted()
            .doesNotHaveDuplicates();
      }
      assertThat(world.deadLetters()).isEmpty();
    }

    private void assertEffects(String key, SagaStatus status) {
      List<String> effects = participants.effects(key);
      assertThat(effects).as("effects of %s", key).doesNotHaveDuplicates();
      if (status == SagaStatus.COMPLETED) {
        assertThat(effects).as(key).containsExactly("hotel", "flight", "payment", "ticket");
        return;
      }
      List<String> done = effects.stream().filter(e -> !e.startsWith("-")).toList();
      List<String> undone = effects.stream().filter(e -> e.startsWith("-")).toList();
      assertThat(undone)
          .as("effects of %s: %s", key, effects)
          .isEqualTo(done.reversed().stream().map(step -> "-" + step).toList());
    }

    private static SagaState replayed(List<Transition> transitions) {
      Optional<SagaState> state = Optional.empty();
      for (Transition transition : transitions) {
        state = Optional.of(Evolution.apply(state, transition));
      }
      return state.orElseThrow();
    }
  }
}
