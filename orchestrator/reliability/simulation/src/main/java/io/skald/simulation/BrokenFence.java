package io.skald.simulation;

import io.skald.participant.FenceKey;
import io.skald.participant.FenceRow;
import io.skald.participant.FenceState;
import io.skald.participant.FenceStore;
import io.skald.saga.message.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A fence that forgets what it should remember, or mixes up what it should tell apart. */
final class BrokenFence implements FenceStore {

  /** Far less than the time in which something can be sent again. */
  private static final Duration SHORT_MEMORY = Duration.ofSeconds(2);

  private final ParticipantStore store;
  private final Timeline timeline;
  private final Mail mail;
  private final Set<Mechanism> missing;
  private final Map<FenceKey, Integer> attempts = new HashMap<>();

  BrokenFence(ParticipantStore store, Timeline timeline, Mail mail, Set<Mechanism> missing) {
    this.store = store;
    this.timeline = timeline;
    this.mail = mail;
    this.missing = missing;
  }

  @Override
  public Map<FenceKey, FenceRow> find(String schema, Collection<FenceKey> keys) {
    if (missing.contains(Mechanism.INBOX_RETENTION)) {
      store.forget(schema, timeline.instant().minus(SHORT_MEMORY));
    }
    Map<FenceKey, FenceRow> found = new HashMap<>();
    store
        .find(schema, keys)
        .forEach(
            (key, row) -> {
              if (!isForgotten(key)) {
                found.put(key, mixedUp(key, row));
              }
            });
    return found;
  }

  private boolean isForgotten(FenceKey key) {
    if (!mail.has(key, Phase.ACTION)) {
      return false;
    }
    boolean another = mail.attempt(key, Phase.ACTION) != attempts.getOrDefault(key, 0);
    return missing.contains(Mechanism.INBOX) || missing.contains(Mechanism.SAME_KEY) && another;
  }

  /** With one key for both, a compensation looks like its action once more. */
  private FenceRow mixedUp(FenceKey key, FenceRow row) {
    boolean mixed =
        missing.contains(Mechanism.SEPARATE_KEYS)
            && row.state() == FenceState.DONE
            && mail.has(key, Phase.COMPENSATION);
    return mixed ? new FenceRow(FenceState.COMPENSATED, row.actionReply(), row.actionReply()) : row;
  }

  @Override
  public void add(String schema, Map<FenceKey, FenceRow> added) {
    Map<FenceKey, FenceRow> fresh = new HashMap<>();
    Map<FenceKey, FenceRow> overwritten = new HashMap<>();
    Set<FenceKey> known = store.fences().keySet();
    added.forEach(
        (key, row) -> {
          boolean again = known.contains(key) && isForgotten(key);
          if (!isDropped(row)) {
            (again ? overwritten : fresh).put(key, row);
          }
        });
    added.keySet().forEach(key -> attempts.put(key, mail.attempt(key, Phase.ACTION)));
    // Where the row was forgotten nothing is in the way of another one.
    store.add(schema, fresh);
    store.change(schema, overwritten);
  }

  private boolean isDropped(FenceRow row) {
    return switch (row.state()) {
      case REJECTED -> missing.contains(Mechanism.REFUSAL_RECORDED);
      case TOMBSTONED -> missing.contains(Mechanism.TOMBSTONE);
      case OPEN, DONE, COMPENSATED -> false;
    };
  }

  @Override
  public void change(String schema, Map<FenceKey, FenceRow> changed) {
    store.change(schema, changed);
  }

  @Override
  public long forget(String schema, Instant unchangedSince) {
    return store.forget(schema, unchangedSince);
  }
}
