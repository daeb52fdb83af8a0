package io.skald.checker;

import io.skald.saga.message.Participant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All that is known of what happened in a run, gathered from the outside. What nobody could see is
 * left empty, and the rules that would need it then have nothing to say.
 *
 * @param atRest whether all had time to come to its end: then what has not ended is a violation
 * @param unseen participants whose effects nobody could see; nothing is expected of those
 * @param definitions every version that any saga ran by
 * @param effects what the participants have done, from their own stores
 * @param fences what the participants' fences say in the end
 * @param commands those that were seen on their way to the participants
 * @param goodput empty when there is no twin to compare with
 */
public record History(
    boolean atRest,
    Set<Participant> unseen,
    List<DefinitionShape> definitions,
    List<SagaHistory> sagas,
    List<Shard> shards,
    List<Effect> effects,
    List<FenceRow> fences,
    List<SentCommand> commands,
    List<HopCounts> hops,
    List<ClientStart> starts,
    List<Snapshot> snapshots,
    Optional<Goodput> goodput) {

  public History {
    unseen = Set.copyOf(unseen);
    definitions = List.copyOf(definitions);
    sagas = List.copyOf(sagas);
    shards = List.copyOf(shards);
    effects = List.copyOf(effects);
    fences = List.copyOf(fences);
    commands = List.copyOf(commands);
    hops = List.copyOf(hops);
    starts = List.copyOf(starts);
    snapshots = List.copyOf(snapshots);
    Objects.requireNonNull(goodput, "goodput");
  }

  /** A history that is at rest and knows of nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gathers a history. Used by one thread. */
  public static final class Builder {

    private boolean atRest = true;
    private final Set<Participant> unseen = new HashSet<>();
    private final List<DefinitionShape> definitions = new ArrayList<>();
    private final List<SagaHistory> sagas = new ArrayList<>();
    private final List<Shard> shards = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<FenceRow> fences = new ArrayList<>();
    private final List<SentCommand> commands = new ArrayList<>();
    private final List<HopCounts> hops = new ArrayList<>();
    private final List<ClientStart> starts = new ArrayList<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private Optional<Goodput> goodput = Optional.empty();

    private Builder() {}

    /** The run was cut off: what has not ended may still be on its way. */
    public Builder cutOff() {
      atRest = false;
      return this;
    }

    /** Nobody could see what this participant did. */
    public Builder unseen(Participant participant) {
      unseen.add(participant);
      return this;
    }

    public Builder definitions(Collection<DefinitionShape> more) {
      definitions.addAll(more);
      return this;
    }

    public Builder sagas(Collection<SagaHistory> more) {
      sagas.addAll(more);
      return this;
    }

    public Builder shards(Collection<Shard> more) {
      shards.addAll(more);
      return this;
    }

    public Builder effects(Collection<Effect> more) {
      effects.addAll(more);
      return this;
    }

    public Builder fences(Collection<FenceRow> more) {
      fences.addAll(more);
      return this;
    }

    public Builder commands(Collection<SentCommand> more) {
      commands.addAll(more);
      return this;
    }

    public Builder hops(Collection<HopCounts> more) {
      hops.addAll(more);
      return this;
    }

    public Builder starts(Collection<ClientStart> more) {
      starts.addAll(more);
      return this;
    }

    public Builder snapshots(Collection<Snapshot> more) {
      snapshots.addAll(more);
      return this;
    }

    public Builder goodput(Goodput goodput) {
      this.goodput = Optional.of(goodput);
      return this;
    }

    public History build() {
      return new History(
          atRest,
          unseen,
          definitions,
          sagas,
          shards,
          effects,
          fences,
          commands,
          hops,
          starts,
          snapshots,
          goodput);
    }
  }
}
