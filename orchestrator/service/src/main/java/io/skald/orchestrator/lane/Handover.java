package io.skald.orchestrator.lane;

import io.skald.orchestrator.lane.Journal.JournalException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;

/**
 * The part of a lane that takes shards and lets them go: as the group tells it to, when another
 * owner has taken one, and all anew after a turn that failed. {@link #claim}, {@link #release} and
 * {@link #confirmReleases} may be called from any thread, everything else belongs to the lane's.
 */
final class Handover {

  private static final Logger LOG = Logger.getLogger(Handover.class);

  /** How long a lane leaves a shard alone that another owner has taken. */
  private static final Duration CONTEST = Duration.ofSeconds(3);

  private sealed interface Command {
    record Claim(int shard) implements Command {}

    record Release(int shard, Runnable whenReleased) implements Command {}
  }

  private final LaneContext context;
  private final MessageSink sink;
  private final OwnedShards owned;
  private final StateCache cache;
  private final WakeUps wakeUps;
  private final InternalInputs internals;
  private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
  private final Set<Integer> wanted = new HashSet<>();
  private final Map<Integer, Instant> contested = new HashMap<>();
  private Optional<String> recoverBecause = Optional.empty();
  private boolean shardsHaveChanged;

  Handover(
      LaneContext context,
      MessageSink sink,
      OwnedShards owned,
      StateCache cache,
      WakeUps wakeUps,
      InternalInputs internals) {
    this.context = context;
    this.sink = sink;
    this.owned = owned;
    this.cache = cache;
    this.wakeUps = wakeUps;
    this.internals = internals;
  }

  /** Asks for a shard to be taken. */
  void claim(int shard) {
    commands.add(new Command.Claim(shard));
  }

  /**
   * Asks for a shard to be let go.
   *
   * @param whenReleased called when it has been, by {@link #settle} or {@link #confirmReleases}
   */
  void release(int shard, Runnable whenReleased) {
    commands.add(new Command.Release(shard, whenReleased));
  }

  /** For a closed lane: who asks it for a shard has it already. */
  void confirmReleases() {
    for (Command next = commands.poll(); next != null; next = commands.poll()) {
      if (next instanceof Command.Release release) {
        release.whenReleased().run();
      }
    }
  }

  /** A turn has failed: what is in memory may not be what is committed. */
  void startOver(String because) {
    recoverBecause = Optional.of(because);
  }

  /**
   * Takes and lets go what was asked for, and takes all anew if a turn has failed.
   *
   * @return whether shards have been taken or let go
   */
  boolean settle() {
    claimContested();
    obey();
    recoverBecause.ifPresent(this::recover);
    boolean changed = shardsHaveChanged;
    shardsHaveChanged = false;
    return changed;
  }

  /**
   * Says how far shards are published; not after a turn that failed, for then the rows may be ahead
   * of what is in memory, and must not be set back.
   */
  void saveWatermarks(Collection<OwnedShard> shards) {
    if (recoverBecause.isPresent()) {
      return;
    }
    Map<Integer, Long> watermarks = owned.watermarks();
    if (internals.isEmpty()) {
      owned.note(watermarks);
    }
    shards.forEach(owned::saveWatermark);
  }

  private void obey() {
    for (Command next = commands.peek(); next != null; next = commands.peek()) {
      switch (next) {
        case Command.Claim claim -> {
          if (!isReleasedAgain(claim)) {
            wanted.add(claim.shard());
            obey(claim);
          }
        }
        case Command.Release release -> {
          wanted.remove(release.shard());
          owned.get(release.shard()).ifPresent(this::letGo);
          release.whenReleased().run();
        }
      }
      commands.remove();
    }
  }

  /** A claim that had to wait for PostgreSQL until the shard was another's must not disturb it. */
  private boolean isReleasedAgain(Command.Claim claim) {
    return commands.stream()
        .anyMatch(later -> later instanceof Command.Release r && r.shard() == claim.shard());
  }

  private void obey(Command.Claim claim) {
    contested.remove(claim.shard());
    if (owned.get(claim.shard()).isEmpty()) {
      owned.claim(claim.shard());
      lookAnew();
    }
  }

  /** A shard that was taken while the group says it is ours: its taker has had time to notice. */
  private void claimContested() {
    Instant now = context.clock().instant();
    for (int shard : List.copyOf(contested.keySet())) {
      if (!wanted.contains(shard)) {
        contested.remove(shard);
      } else if (!now.isBefore(contested.getOrDefault(shard, now))) {
        owned.claim(shard);
        contested.remove(shard);
        lookAnew();
      }
    }
  }

  private void letGo(OwnedShard shard) {
    try {
      saveWatermarks(List.of(shard));
    } catch (JournalException notSaved) {
      LOG.debugf("Shard %d is let go; its next owner publishes more than it must", shard.id);
    }
    owned.forget(shard.id);
    cache.removeIf(state -> context.shards().ofKey(state.core().key()) == shard.id);
    wakeUps.drop(id -> id == shard.id);
    lookAnew();
  }

  /**
   * Starts over from what is committed. A shard that another owner has taken is left to it; but
   * while the group says that it is this lane's, it is claimed again.
   */
  private void recover(String because) {
    context.listener().recovering(because);
    cache.clear();
    internals.clear();
    wakeUps.drop(shard -> true);
    sink.startOver();
    for (OwnedShard shard : List.copyOf(owned.all())) {
      if (!owned.reclaim(shard)) {
        contested.put(shard.id, context.clock().instant().plus(CONTEST));
      }
    }
    recoverBecause = Optional.empty();
    lookAnew();
  }

  /** The shards have changed: what was learned about the former ones no longer tells all. */
  private void lookAnew() {
    wakeUps.lookAnew();
    shardsHaveChanged = true;
  }
}
