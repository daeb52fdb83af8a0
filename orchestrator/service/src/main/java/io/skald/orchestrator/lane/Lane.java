package io.skald.orchestrator.lane;

import io.skald.machine.SagaState;
import io.skald.orchestrator.lane.Batch.JournalWrite;
import io.skald.orchestrator.lane.Batch.SagaWrite;
import io.skald.orchestrator.lane.InputSource.SourceException;
import io.skald.orchestrator.lane.InternalInputs.Internal;
import io.skald.orchestrator.lane.Journal.JournalException;
import io.skald.orchestrator.lane.MessageSink.SinkException;
import io.skald.saga.message.crash.CrashPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * One thread of control that runs some shards. A turn takes what is waiting, lets the machine
 * decide on each input in order, commits states, journal, offsets and shard rows in one
 * transaction, and only then publishes. While a commit runs, input gathers: batches grow with the
 * load by themselves.
 *
 * <p>Whatever goes wrong with Kafka or PostgreSQL in a turn ends the same way: the lane throws away
 * all that it has in memory, takes its shards again under a new epoch, and reads on from what is
 * committed. That settles a commit of unknown outcome too.
 *
 * <p>{@link #claim}, {@link #release}, {@link #shards}, {@link #isWell} and {@link #lastTurn} may
 * be called from any thread; everything else belongs to the thread that calls {@link #turn}.
 */
public final class Lane {

  private static final Logger LOG = Logger.getLogger(Lane.class);

  /** How long a turn waits for input at most; a claim or a release ends the wait. */
  private static final Duration IDLE = Duration.ofMillis(500);

  /** How long a lane without shards waits for one. */
  private static final Duration UNEMPLOYED = Duration.ofMillis(20);

  private static final Duration SHORT = Duration.ofMillis(5);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(200);

  /** How long a shard must be silent before its watermark is written alone. */
  private static final Duration SILENCE = Duration.ofSeconds(1);

  private final String name;
  private final LaneContext context;
  private final InputSource source;
  private final MessageSink sink;
  private final OwnedShards owned;
  private final StateCache cache;
  private final Deciding deciding;
  private final WakeUps wakeUps;
  private final InternalInputs internals = new InternalInputs();
  private final Handover handover;
  private volatile Instant lastTurn;
  private volatile boolean wellNow = true;
  private volatile boolean closed;

  public Lane(String name, LaneContext context, InputSource source, MessageSink sink) {
    this.name = name;
    this.context = context;
    this.source = source;
    this.sink = sink;
    this.owned = new OwnedShards(context, source, sink, internals::add);
    this.cache = new StateCache(context.settings().cachedSagas());
    this.deciding = new Deciding(context, owned, cache);
    this.wakeUps = new WakeUps(context, source, owned, deciding);
    this.handover = new Handover(context, sink, owned, cache, wakeUps, internals);
    this.lastTurn = context.clock().instant();
  }

  public String name() {
    return name;
  }

  /** Asks the lane to take a shard. Returns at once. */
  public void claim(int shard) {
    handover.claim(shard);
    source.wakeUp();
  }

  /**
   * Asks the lane to let a shard go, after what it is doing.
   *
   * @param whenReleased called by the lane's thread when it has, or by the caller's when the lane
   *     is closed
   */
  public void release(int shard, Runnable whenReleased) {
    handover.release(shard, whenReleased);
    if (closed) {
      handover.confirmReleases();
    } else {
      source.wakeUp();
    }
  }

  /** Ends a wait for input. Returns at once. */
  public void wakeUp() {
    source.wakeUp();
  }

  /** The shards that it owns at this moment. */
  public Set<Integer> shards() {
    return owned.ids();
  }

  /** Whether its last turn went well: it has what it needs of Kafka and PostgreSQL. */
  public boolean isWell() {
    return wellNow;
  }

  /** When it last came round. */
  public Instant lastTurn() {
    return lastTurn;
  }

  /**
   * One turn.
   *
   * @return how long to wait before the next one
   */
  public Duration turn() {
    lastTurn = context.clock().instant();
    try {
      if (handover.settle()) {
        LOG.infof("Lane %s runs shards %s", name, new TreeSet<>(owned.ids()));
      }
      Duration pause = owned.isEmpty() ? UNEMPLOYED : work();
      wellNow = true;
      return pause;
    } catch (JournalException | SinkException | SourceException failure) {
      return startOver(failure.getMessage() + ": " + failure.getCause());
    } catch (RuntimeException | Error defect) {
      // An error too: a lane whose thread has ended is worse than one that starts over.
      LOG.errorf(defect, "Expected a turn of lane %s not to throw: a defect of Skald", name);
      return startOver(defect.toString());
    }
  }

  private Duration startOver(String because) {
    LOG.warnf("Lane %s starts over from what is committed, because %s", name, because);
    handover.startOver(because);
    wellNow = false;
    return AFTER_FAILURE;
  }

  /**
   * Lets all shards go. What is decided is committed; what waits is decided by their next owner.
   */
  public void close() {
    try {
      sink.close();
      handover.saveWatermarks(owned.all());
    } catch (JournalException | SinkException failure) {
      LOG.warnf("Lane %s could not say how far it has published: %s", name, failure.getMessage());
    } finally {
      source.close();
      closed = true;
      handover.confirmReleases();
    }
  }

  private Duration work() {
    Optional<Exception> givenUp = owned.publicationFailure();
    if (givenUp.isPresent()) {
      throw new SinkException("Expected Kafka to take every message", givenUp.get());
    }
    Instant now = context.clock().instant();
    wakeUps.refill(now);
    Work work = new Work();
    decideInternals(work);
    boolean congested = owned.unacknowledged() > context.settings().maxUnacknowledged();
    if (!congested) {
      deciding.decideAll(work, source.poll(patience(work, now)));
    }
    wakeUps.decideDue(work, () -> !internals.isEmpty());
    deciding.giveTurns(work);
    touchSilentShards(work);
    if (!work.isEmpty()) {
      commit(work);
    }
    return congested ? SHORT : Duration.ZERO;
  }

  private Duration patience(Work work, Instant now) {
    return work.isEmpty() && internals.isEmpty() ? wakeUps.patience(now, IDLE) : Duration.ZERO;
  }

  private void decideInternals(Work work) {
    Map<Integer, Long> watermarks = owned.watermarks();
    List<Internal> waiting = internals.take(context.settings().maxTimers());
    if (internals.isEmpty()) {
      owned.note(watermarks);
    }
    deciding.load(work, waiting.stream().map(Internal::saga).collect(Collectors.toSet()));
    for (Internal internal : waiting) {
      deciding.decideKnown(work, internal.saga(), internal.input());
    }
  }

  /** The watermark rides along with the next batch; in a shard that falls silent it goes alone. */
  private void touchSilentShards(Work work) {
    Instant silentSince = context.clock().instant().minus(SILENCE);
    for (OwnedShard shard : owned.all()) {
      if (shard.hasNewsOfPublication() && shard.writtenAt.isBefore(silentSince)) {
        work.touch(shard);
      }
    }
  }

  private void commit(Work work) {
    if (!work.sideMessages().isEmpty()) {
      CrashPoint.LANE_BEFORE_SIDE_MESSAGES.reached();
      sink.sendAndWait(work.sideMessages(), context.settings().patience());
      CrashPoint.LANE_AFTER_SIDE_MESSAGES.reached();
    }
    Instant start = context.clock().instant();
    Batch batch = work.batch();
    CrashPoint.LANE_BEFORE_COMMIT.reached();
    Set<Integer> lost = context.journal().commit(batch);
    CrashPoint.LANE_AFTER_COMMIT.reached();
    if (!lost.isEmpty()) {
      throw new JournalException(
          "another orchestrator has taken over", new IllegalStateException("shards " + lost));
    }
    Instant now = context.clock().instant();
    context
        .listener()
        .committed(work.inputs(), work.journal().size(), Duration.between(start, now));
    adopt(work, batch, now);
    publish(work);
    CrashPoint.LANE_AFTER_PUBLISH.reached();
    tell(work);
  }

  private void adopt(Work work, Batch batch, Instant now) {
    List<OwnedShard> shards = List.copyOf(work.shards());
    for (int i = 0; i < shards.size(); i++) {
      shards.get(i).adopt(batch.shards().get(i), now);
    }
    for (SagaWrite write : batch.sagas()) {
      cache.put(write.state());
      wakeUps.set(write.state().core().id(), write.shard(), write.state().nextDueAt());
    }
  }

  private void publish(Work work) {
    for (JournalWrite write : work.journal()) {
      SagaState state = cache.get(write.transition().saga()).orElseThrow();
      owned
          .get(write.shard())
          .orElseThrow()
          .publication
          .publish(
              write.seq(),
              write.transition(),
              context.writer().messagesOf(state.core(), write.shard(), write.transition()));
    }
  }

  private void tell(Work work) {
    for (Work.Decided decided : work.decided()) {
      context.listener().decided(decided.saga(), decided.cause(), decided.answer());
    }
    for (SagaWrite write : work.sagas()) {
      if (write.state().status().isTerminal()) {
        cache.remove(write.state().core().id());
        context.listener().ended(write.state().core().id());
      }
    }
    cache.shrink();
  }
}
