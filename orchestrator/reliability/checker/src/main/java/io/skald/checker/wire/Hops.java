package io.skald.checker.wire;

import io.skald.checker.HopCounts;
import io.skald.checker.JournalRow;
import io.skald.checker.SagaHistory;
import io.skald.machine.IgnoreReason;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.SagaStarted;
import io.skald.machine.Transition;
import io.skald.saga.message.Participant;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.Topic;
import io.skald.saga.message.WireHeaders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts every message on every hop by what it has left behind: counters in memory die with their
 * process, but a command's answer and an input's journal row do not.
 *
 * <p>The counts are those of a run that has come to rest. They hold exactly, but for this: a
 * command that was read several times is answered several times, and is counted once; and of the
 * records of a topic that was lost nothing is counted but that they were sent.
 */
public final class Hops {

  private static final Set<IgnoreReason> REPEATS =
      EnumSet.of(
          IgnoreReason.ALREADY_SETTLED,
          IgnoreReason.REPEATED_START,
          IgnoreReason.CONFLICTING_START,
          IgnoreReason.ALREADY_COMPENSATING,
          IgnoreReason.REPEATED_SIGNAL);

  private final Wire wire;
  private final List<SagaHistory> sagas;

  public Hops(Wire wire, List<SagaHistory> sagas) {
    this.wire = wire;
    this.sagas = sagas;
  }

  /** From the journal to each participant's topic, from there to its answers, and all inputs. */
  public List<HopCounts> count() {
    List<HopCounts> hops = new ArrayList<>();
    for (Participant participant : wire.layout().participants()) {
      hops.add(published(participant));
      if (!wire.wasRecreated(participant.commands())) {
        hops.add(handled(participant));
      }
    }
    hops.add(published("sagas to one another", Layout.REQUESTS, Hops::isForASaga));
    hops.add(inputs());
    return hops;
  }

  /** What a saga says to its parent or to one that is a step of it. */
  private static boolean isForASaga(JournalEntry entry) {
    return entry instanceof JournalEntry.ParentAnswered
        || entry instanceof JournalEntry.ChildReleased
        || (entry instanceof CommandIssued command && command.child().isPresent());
  }

  /** From the journal to a participant's topic: each journaled command lies there at least once. */
  private HopCounts published(Participant participant) {
    return published(
        "journal to " + participant.commands(),
        participant.commands(),
        entry ->
            entry instanceof CommandIssued command && command.participant().equals(participant));
  }

  private HopCounts published(String hop, Topic topic, Predicate<JournalEntry> isMessage) {
    Set<String> there = ids(wire.on(topic));
    Set<String> sent = ids(wire.sentTo(topic));
    long journaled = 0;
    long found = 0;
    long lost = 0;
    Unexplained unexplained = new Unexplained();
    for (SagaHistory saga : sagas) {
      for (JournalRow row : saga.journal()) {
        for (String id : messagesOf(row.transition(), isMessage)) {
          journaled++;
          if (there.contains(id)) {
            found++;
          } else if (sent.contains(id)) {
            lost++;
          } else {
            unexplained.add(id);
          }
        }
      }
    }
    return new HopCounts(hop, journaled, 0, lost, found, 0, 0, 0, 0, unexplained.some);
  }

  private static Set<String> ids(List<Seen> records) {
    return records.stream().map(Seen::id).collect(Collectors.toSet());
  }

  /** By the ids that the journal's messages have. */
  private static List<String> messagesOf(Transition transition, Predicate<JournalEntry> isMessage) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < transition.entries().size(); i++) {
      if (isMessage.test(transition.entries().get(i))) {
        ids.add(transition.saga() + "-" + transition.seq() + "-" + i);
      }
    }
    return ids;
  }

  /** From a participant's topic to its answers: each command is answered, or a dead letter. */
  private HopCounts handled(Participant participant) {
    Set<String> answered =
        Stream.concat(
                wire.on(participant.events()).stream(), wire.sentTo(participant.events()).stream())
            .filter(Seen::isReply)
            .map(reply -> reply.header(WireHeaders.CAUSATION_ID).orElse(""))
            .collect(Collectors.toSet());
    Set<String> requests = new HashSet<>();
    long published = 0;
    long applied = 0;
    long duplicate = 0;
    long dead = 0;
    Unexplained unexplained = new Unexplained();
    for (Seen command : wire.on(participant.commands())) {
      published++;
      if (wire.isDead(command)) {
        dead++;
      } else if (answered.contains(command.id())) {
        if (requests.add(command.header(WireHeaders.IDEMPOTENCY_KEY).orElse(command.id()))) {
          applied++;
        } else {
          duplicate++;
        }
      } else {
        unexplained.add(command.toString());
      }
    }
    String hop = participant.commands() + " to its answers";
    return new HopCounts(hop, published, 0, 0, applied, duplicate, 0, dead, 0, unexplained.some);
  }

  /** From all input topics to the journal: each input has its row, exactly one for each copy. */
  private HopCounts inputs() {
    Homes homes = new Homes(sagas);
    Arrived arrived = new Arrived();
    Copies copies =
        new Copies(
            Stream.concat(
                    wire.on(Layout.REQUESTS).stream()
                        .filter(request -> wire.isDead(request) || isAtHome(request, homes)),
                    wire.sentTo(Layout.REQUESTS).stream())
                .toList());
    Unexplained unexplained = new Unexplained();
    long published = 0;
    long dead = 0;
    long forwarded = 0;
    for (Seen input : wire.inputs()) {
      published++;
      Optional<SagaId> saga = sagaOf(input);
      if (wire.isDead(input)) {
        dead++;
        arrived.addDead(input);
      } else if (homes.of(input, saga).filter(home -> home != shardOf(input)).isPresent()) {
        forwarded++;
        if (!copies.take(input, saga) && !wire.wasRecreated(Layout.REQUESTS)) {
          unexplained.add(input + ", not forwarded");
        }
      } else if (homes.of(input, saga).isEmpty() && copies.take(input, saga)) {
        forwarded++;
      } else {
        arrived.add(input, saga);
      }
    }
    Outcomes outcomes = new Outcomes(arrived, sagas);
    return new HopCounts(
        "inputs to the journal",
        published,
        0,
        0,
        outcomes.applied,
        outcomes.duplicate,
        outcomes.stale,
        dead,
        forwarded,
        unexplained.and(outcomes.uneven()).some);
  }

  /** Some of those that have not ended in exactly one way. */
  private static final class Unexplained {

    private static final int ENOUGH = 10;

    private final List<String> some = new ArrayList<>();

    void add(String message) {
      if (some.size() < ENOUGH) {
        some.add(message);
      }
    }

    Unexplained and(Stream<String> more) {
      more.limit(ENOUGH).forEach(this::add);
      return this;
    }
  }

  private int shardOf(Seen input) {
    return input.partition() % wire.layout().shards();
  }

  private boolean isAtHome(Seen request, Homes homes) {
    return homes.of(request, request.saga()).filter(home -> home == shardOf(request)).isPresent();
  }

  /** An event that starts sagas is about none yet, whatever it says. */
  private Optional<SagaId> sagaOf(Seen input) {
    return wire.layout().starts(input) && !input.isReply() ? Optional.empty() : input.saga();
  }

  /**
   * What was forwarded to the request topic, and has arrived where it belongs, or is a dead letter
   * there, or was lost on purpose. A copy accounts for one input, so that another one beside it is
   * still missed.
   */
  private static final class Copies {

    private record Copy(String id, Optional<SagaId> saga) {}

    private final Map<Copy, Integer> left = new HashMap<>();

    Copies(List<Seen> requests) {
      for (Seen request : requests) {
        int same = left.merge(new Copy(request.id(), request.saga()), 1, Integer::sum);
        // An event that starts sagas names none, and has a copy for each of them.
        left.merge(new Copy(request.id(), Optional.empty()), same, Math::max);
      }
    }

    /** Whether a copy is left for this input; there is one less afterwards. */
    boolean take(Seen input, Optional<SagaId> saga) {
      Copy copy = new Copy(input.id(), saga);
      int there = left.getOrDefault(copy, 0);
      left.put(copy, Math.max(there - 1, 0));
      return there > 0;
    }
  }

  /** In which shard a saga's inputs are decided; what arrives in another one is forwarded there. */
  private static final class Homes {

    private static final EnumSet<IgnoreReason> STARTS =
        EnumSet.of(IgnoreReason.REPEATED_START, IgnoreReason.CONFLICTING_START);

    private final Map<SagaId, Integer> bySaga = new HashMap<>();

    /** An event that starts a saga does not name it; the journal knows the event. */
    private final Map<String, Integer> byStart = new HashMap<>();

    Homes(List<SagaHistory> sagas) {
      for (SagaHistory saga : sagas) {
        for (JournalRow row : saga.journal()) {
          bySaga.put(saga.id(), row.shard());
          if (isStart(row.transition().entries().getFirst())) {
            byStart.put(row.transition().cause(), row.shard());
          }
        }
      }
    }

    /** Empty when no saga has taken it. */
    Optional<Integer> of(Seen input, Optional<SagaId> saga) {
      return Optional.ofNullable(
          saga.isPresent() ? bySaga.get(saga.get()) : byStart.get(input.id()));
    }

    private static boolean isStart(JournalEntry entry) {
      return entry instanceof SagaStarted
          || (entry instanceof InputIgnored ignored && STARTS.contains(ignored.reason()));
    }
  }

  /** The inputs that came to where they belong, by their ids. */
  private static final class Arrived {

    private final Map<String, Set<SagaId>> forSagas = new HashMap<>();
    private final Set<String> forAnybody = new HashSet<>();
    private final Map<String, List<Seen>> copies = new HashMap<>();
    private final Map<String, Integer> dead = new HashMap<>();

    /**
     * A dead letter is sent before its turn is committed. Where that fails, whoever reads the
     * record next may know better what to do with it, and then it has a row too.
     */
    void addDead(Seen input) {
      dead.merge(input.id(), 1, Integer::sum);
    }

    void add(Seen input, Optional<SagaId> saga) {
      copies.computeIfAbsent(input.id(), none -> new ArrayList<>()).add(input);
      if (saga.isPresent()) {
        forSagas.computeIfAbsent(input.id(), none -> new HashSet<>()).add(saga.get());
      } else {
        forAnybody.add(input.id());
      }
    }

    boolean isFor(String id, SagaId saga) {
      return forSagas.getOrDefault(id, Set.of()).contains(saga);
    }

    int copiesOf(String id) {
      return copies.getOrDefault(id, List.of()).size();
    }

    boolean isForAnybody(String id) {
      return forAnybody.contains(id);
    }
  }

  /** What the journal says became of these inputs. */
  private static final class Outcomes {

    private final Arrived arrived;
    private final Map<String, Integer> rows = new HashMap<>();
    private long applied;
    private long duplicate;
    private long stale;

    Outcomes(Arrived arrived, Collection<SagaHistory> sagas) {
      this.arrived = arrived;
      // An event may start sagas of several definitions; it is counted by one of them.
      Map<String, SagaId> counted = new HashMap<>();
      for (SagaHistory saga : sagas) {
        for (JournalRow row : saga.journal()) {
          String cause = row.transition().cause();
          if (arrived.isFor(cause, saga.id())
              || excluded(row).filter(refused -> arrived.isFor(cause, refused)).isPresent()
              || (arrived.isForAnybody(cause)
                  && counted.computeIfAbsent(cause, id -> saga.id()).equals(saga.id()))) {
            if (rows.merge(cause, 1, Integer::sum) <= arrived.copiesOf(cause)) {
              count(row.transition().entries());
            }
          }
        }
      }
    }

    /** The journal of the saga that was in the way says which one was not started. */
    private static Optional<SagaId> excluded(JournalRow row) {
      return row.transition().entries().getFirst() instanceof InputIgnored ignored
              && ignored.reason() == IgnoreReason.EXCLUDES_ANOTHER
          ? SagaId.parse(ignored.detail().substring(0, ignored.detail().indexOf(':')))
          : Optional.empty();
    }

    /** Inputs that the journal knows less or more often than they lie on a topic. */
    Stream<String> uneven() {
      return arrived.copies.entrySet().stream()
          .filter(input -> isUneven(input.getKey(), rows.getOrDefault(input.getKey(), 0)))
          .map(
              input ->
                  input.getKey()
                      + ", journaled "
                      + rows.getOrDefault(input.getKey(), 0)
                      + " times, at "
                      + input.getValue());
    }

    private boolean isUneven(String id, int rows) {
      int copies = arrived.copiesOf(id);
      return rows < copies || rows > copies + arrived.dead.getOrDefault(id, 0);
    }

    private void count(List<JournalEntry> entries) {
      if (!(entries.getLast() instanceof InputIgnored ignored)) {
        applied++;
      } else if (REPEATS.contains(ignored.reason())) {
        duplicate++;
      } else {
        stale++;
      }
    }
  }
}
