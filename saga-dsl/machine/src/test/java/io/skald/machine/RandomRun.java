package io.skald.machine;

import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.Trips.Done;
import io.skald.machine.Trips.Trip;
import io.skald.saga.Part;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One saga of a random definition through random trouble, all from one seed: commands to a
 * participant keep their order but are lost, delayed and repeated; replies come in any order, twice
 * or never; timers fire late, functions break, operators meddle. Then all heals, and the saga must
 * come to rest.
 */
final class RandomRun {

  private static final int MAX_HEALING = 5_000;

  private final Random random;
  private final RandomTrip trip;
  private final Rehearsal rehearsal;
  private final ModelParticipants participants;
  private final Map<Participant, Channel> channels = new LinkedHashMap<>();
  private final List<Input.ReplyReceived> replies = new ArrayList<>();
  private final boolean withBlocks;
  private boolean troubled = true;
  private int messages;

  RandomRun(long seed, StepInvariants invariants) {
    // Neighbouring seeds of java.util.Random begin alike; spread them.
    random = new Random(seed * 0x9E3779B97F4A7C15L + 0x5DEECE66DL);
    withBlocks = seed % 2 == 0;
    trip = new RandomTrip(random, withBlocks);
    invariants.forgetSaga();
    rehearsal = new Rehearsal(trip.definition(), invariants, random::nextDouble);
    participants = new ModelParticipants(random);
  }

  /** The commands that one participant will see, and how many of them it has. */
  private static final class Channel {
    private final List<CommandIssued> log = new ArrayList<>();
    private int position;
  }

  Rehearsal rehearsal() {
    return rehearsal;
  }

  /** Whether its definition has blocks, or is one step after the other. */
  boolean hasBlocks() {
    return withBlocks;
  }

  List<String> effects() {
    return participants.effects();
  }

  void run() {
    start();
    int events = 5 + random.nextInt(80);
    for (int i = 0; i < events; i++) {
      if (random.nextInt(4) == 0) {
        rehearsal.tick(Duration.ofNanos(random.nextLong(3_000_000_000L)));
      }
      happen();
    }
    heal();
    settle();
    repeatEverything();
  }

  /** An exclusive one now and then behind others, or not at once. */
  private void start() {
    if (trip.definition().exclusive().isPresent() && random.nextInt(3) > 0) {
      SagaId other = SagaId.forKey("trip", "T-0");
      int waiting = random.nextInt(4) == 0 ? Contention.MAX_WAITING : random.nextInt(3);
      take(
          rehearsal.startAmong(
              new Contention(other, other, 1 + random.nextInt(9), waiting), Trip.named("T-1")));
    }
    if (!rehearsal.isStarted()) {
      take(rehearsal.start(Trip.named("T-1")));
    }
  }

  private void happen() {
    if (rehearsal.state() instanceof SagaState.Queued && random.nextInt(6) == 0) {
      comeToItsTurn();
    }
    int roll = random.nextInt(1_000);
    if (roll < 340) {
      deliverNext();
    } else if (roll < 400) {
      deliverAgain();
    } else if (roll < 720) {
      answer();
    } else if (roll < 830) {
      wake();
    } else if (roll < 850) {
      take(rehearsal.fire());
    } else if (roll < 890) {
      acknowledge();
    } else if (roll < 905) {
      trip.breakSomething();
    } else if (roll < 940) {
      trip.mend();
      take(rehearsal.resume());
    } else if (withBlocks && roll < 970) {
      signal();
    } else {
      meddle();
    }
  }

  /** To any await there is, early, in time or late; the same one again now and then. */
  private void signal() {
    List<StepName> awaits = new ArrayList<>();
    collectAwaits(trip.definition().story(), awaits);
    if (!awaits.isEmpty()) {
      StepName await = awaits.get(random.nextInt(awaits.size()));
      boolean inEach = trip.definition().forEachAround(await).isPresent();
      String item = inEach ? "i" + random.nextInt(3) : "";
      take(rehearsal.signal(await.of(item).toString(), "signal" + random.nextInt(2)));
    }
  }

  private static void collectAwaits(Part<?> part, List<StepName> awaits) {
    if (part instanceof Part.Await<?> await) {
      awaits.add(await.name());
    }
    part.inside().forEach(inner -> collectAwaits(inner, awaits));
  }

  private void skip() {
    List<StepState> steps = rehearsal.state().core().steps();
    if (withBlocks && !steps.isEmpty()) {
      StepState step = steps.get(random.nextInt(steps.size()));
      Phase phase = step.compensation().isPresent() ? Phase.COMPENSATION : Phase.ACTION;
      take(rehearsal.skip(step.name().toString(), phase));
    }
  }

  private void comeToItsTurn() {
    Input came = new Input.TurnCame(nextId());
    take(random.nextInt(8) == 0 ? rehearsal.giveWithoutDefinition(came) : rehearsal.give(came));
  }

  private void meddle() {
    switch (random.nextInt(24)) {
      case 0, 1, 2, 3 -> take(rehearsal.cancel());
      case 4 -> take(rehearsal.abort());
      case 5, 6, 7 -> take(rehearsal.start(Trip.named("T-1")));
      case 8, 9 -> take(rehearsal.start(Trip.named("T-2")));
      case 14, 15 -> take(rehearsal.retryNow());
      case 16 -> skip();
      case 17 -> comeToItsTurn();
      case 18 -> take(rehearsal.excluded());
      case 10, 11, 12 -> take(rehearsal.giveWithoutDefinition(new Input.TimerFired(nextId())));
      case 13 -> take(rehearsal.giveWithoutDefinition(bogus()));
      default -> take(rehearsal.give(bogus()));
    }
  }

  /** A reply from a stranger, to no step of this saga, or to a command that was never sent. */
  private Input bogus() {
    StepDefinition<Trip> step =
        trip.definition().steps().get(random.nextInt(trip.definition().steps().size()));
    Phase phase = random.nextBoolean() ? Phase.ACTION : Phase.COMPENSATION;
    boolean issued = !rehearsal.commands(step.name().value(), phase).isEmpty();
    int kind = random.nextInt(issued ? 2 : 3);
    return new Input.ReplyReceived(
        nextId(),
        kind == 0 ? Participant.named("stranger") : step.participant(),
        kind == 1 ? new StepName("no-such-step") : step.name(),
        phase,
        1 + random.nextInt(3),
        random.nextBoolean() ? Outcome.SUCCEEDED : Outcome.REJECTED,
        MessageType.of(Done.class),
        Rehearsal.CODEC.encode(new Done("forged")),
        Optional.empty());
  }

  private void deliverNext() {
    List<Channel> waiting =
        channels.values().stream().filter(c -> c.position < c.log.size()).toList();
    if (!waiting.isEmpty()) {
      Channel channel = waiting.get(random.nextInt(waiting.size()));
      deliver(channel.log.get(channel.position++));
    }
  }

  /** A participant reads again what it has read before. */
  private void deliverAgain() {
    List<Channel> read = channels.values().stream().filter(c -> c.position > 0).toList();
    if (!read.isEmpty()) {
      Channel channel = read.get(random.nextInt(read.size()));
      deliver(channel.log.get(random.nextInt(channel.position)));
    }
  }

  private void deliver(CommandIssued command) {
    Input.ReplyReceived reply = participants.handle(command, nextId());
    rehearsal.tell(
        "    "
            + command.participant()
            + " gets "
            + Rehearsal.shortly(command)
            + " attempt "
            + command.attempts().number()
            + ": "
            + reply.outcome()
            + ", effects "
            + effects());
    if (!troubled || random.nextInt(10) > 0) {
      replies.add(reply);
    }
  }

  private void answer() {
    if (!replies.isEmpty()) {
      Input.ReplyReceived reply = replies.get(random.nextInt(replies.size()));
      if (!troubled || random.nextInt(5) > 0) {
        replies.remove(reply);
      }
      take(rehearsal.give(reply));
    }
  }

  private void wake() {
    if (rehearsal.state().nextDueAt().isPresent()) {
      take(rehearsal.wake());
    }
  }

  private void acknowledge() {
    if (!rehearsal.commands().isEmpty()) {
      CommandIssued latest = rehearsal.commands().getLast();
      take(
          rehearsal.published(
              latest.step().toString(), latest.phase(), latest.attempts().number()));
    }
  }

  /** What a decision sends goes into the participant's log, or is lost. */
  private void take(Decision decision) {
    decision
        .transition()
        .ifPresent(
            transition ->
                transition.entries().stream()
                    .filter(CommandIssued.class::isInstance)
                    .map(CommandIssued.class::cast)
                    .forEach(this::send));
  }

  private void send(CommandIssued command) {
    if (troubled && random.nextInt(10) == 0) {
      rehearsal.tell("    lost on its way: " + Rehearsal.shortly(command));
      return;
    }
    channels.computeIfAbsent(command.participant(), p -> new Channel()).log.add(command);
  }

  private void heal() {
    rehearsal.tell("    all heals");
    troubled = false;
    trip.mend();
    participants.heal();
  }

  private void settle() {
    for (int i = 0; i < MAX_HEALING; i++) {
      if (channels.values().stream().anyMatch(c -> c.position < c.log.size())) {
        deliverNext();
      } else if (!replies.isEmpty()) {
        answer();
      } else if (random.nextInt(4) == 0 && awaits()) {
        signal();
      } else if (rehearsal.state() instanceof SagaState.Queued) {
        take(rehearsal.turnCame());
      } else if (rehearsal.state() instanceof SagaState.Active) {
        wake();
      } else if (rehearsal.state() instanceof SagaState.Parked parked
          && parked.reason() != ParkReason.STEP_REJECTED) {
        take(rehearsal.resume());
      } else if (withBlocks
          && rehearsal.state() instanceof SagaState.Parked refused
          && random.nextBoolean()) {
        take(rehearsal.skip(refused.step().orElseThrow().toString(), Phase.ACTION));
      } else {
        return;
      }
    }
    throw new AssertionError("Expected the saga to come to rest, but it does not");
  }

  private boolean awaits() {
    return withBlocks
        && rehearsal.state().core().blocks().stream()
            .anyMatch(block -> block instanceof BlockState.Waiting);
  }

  /** After the end everything comes once more, in any order. */
  private void repeatEverything() {
    for (Channel channel : channels.values()) {
      for (int i = channel.log.size(); i > 0; i--) {
        deliver(channel.log.get(random.nextInt(channel.log.size())));
      }
    }
    while (!replies.isEmpty()) {
      answer();
    }
  }

  private String nextId() {
    return "x" + ++messages;
  }
}
