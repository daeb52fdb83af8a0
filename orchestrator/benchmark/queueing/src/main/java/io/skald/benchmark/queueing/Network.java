package io.skald.benchmark.queueing;

import io.skald.benchmark.queueing.Figures.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The queues of a deployment. A saga passes a lane once for its start and once for each reply, and
 * a participant once for each step; between them lies Kafka.
 *
 * <p>Simplified: a turn's records go to one broker, and what a participant does to its own data
 * costs nothing.
 */
final class Network {

  /** What becomes of sagas that have ended. */
  interface Ended {
    void ended(List<Trip> sagas);
  }

  private static final int LANE_PASSES = Deployment.STEPS + 1;

  /** The start, a command and a reply for each step, and the end. */
  private static final int HOPS = 2 * Deployment.STEPS + 2;

  private static final double BITS = 8;

  private final Timeline timeline;
  private final RandomGenerator random;
  private final Figures figures;
  private final Deployment deployment;
  private final Ended whenEnded;
  private final List<Resource> resources = new ArrayList<>();
  private final List<Resource> brokers;
  private final List<Resource> cards;
  private final List<Batcher> lanes;
  private final List<List<Batcher>> participants;
  private int nextBroker;

  Network(
      Timeline timeline,
      RandomGenerator random,
      Figures figures,
      Deployment deployment,
      Ended whenEnded) {
    this.timeline = timeline;
    this.random = random;
    this.figures = figures;
    this.deployment = deployment;
    this.whenEnded = whenEnded;
    Hosts hosts = new Hosts(timeline, deployment);
    brokers = hosts.brokers();
    cards = hosts.cards();
    lanes = IntStream.range(0, deployment.lanes()).mapToObj(i -> lane(hosts, i)).toList();
    participants =
        IntStream.range(0, Deployment.STEPS).mapToObj(step -> participants(hosts, step)).toList();
    resources.addAll(hosts.all());
  }

  /** Sagas whose first events are published now. */
  void start(List<Trip> sagas) {
    publish(sagas, this::toLanes);
  }

  void reset() {
    resources.forEach(Resource::reset);
    batchers().forEach(Batcher::reset);
  }

  double meanLaneBatch() {
    return lanes.stream().mapToDouble(Batcher::meanBatch).average().orElse(0);
  }

  /** By kind, the most used of each. */
  List<Outcome.Use> uses() {
    Map<String, Double> uses = new TreeMap<>();
    resources.forEach(r -> uses.merge(r.kind(), r.utilisation(), Math::max));
    return Outcome.Use.all(uses);
  }

  /** The share of time in which turns are under way, by kind, the busiest of each. */
  List<Outcome.Use> turns() {
    Map<String, Double> turns = new TreeMap<>();
    batchers().forEach(b -> turns.merge(b.kind(), b.utilisation(), Math::max));
    return Outcome.Use.all(turns);
  }

  private Stream<Batcher> batchers() {
    return Stream.concat(lanes.stream(), participants.stream().flatMap(Collection::stream));
  }

  private Batcher lane(Hosts hosts, int index) {
    Resource cpu = hosts.ofLane(index);
    Resource database = hosts.databaseOfLane(index);
    Resource log = hosts.logOfLane(index);
    return new Batcher(
        timeline,
        "lane",
        Deployment.MAX_BATCH,
        (batch, done) ->
            cpu.use(
                work(Part.ORCHESTRATOR, LANE_PASSES, batch.size()),
                () -> commit(database, log, batch.size(), () -> decided(batch, done))));
  }

  private void commit(Resource cpu, Resource log, int inputs, Runnable then) {
    Deployment.Databases databases = deployment.databases();
    double walBytes = figures.get("wal.bytes") / LANE_PASSES * inputs;
    timeline.after(
        2 * databases.networkMillis() * figures.get("turn.round.trips"),
        () ->
            cpu.use(
                work(Part.POSTGRESQL, LANE_PASSES, inputs),
                () ->
                    log.use(
                        walBytes / (databases.logMegabytes() * 1e3),
                        () -> timeline.after(databases.standbyMillis(), then))));
  }

  private void decided(List<Trip> batch, Runnable done) {
    done.run();
    List<Trip> going = new ArrayList<>(batch.size());
    List<Trip> ending = new ArrayList<>();
    for (Trip saga : batch) {
      (saga.answered == Deployment.STEPS ? ending : going).add(saga);
    }
    publish(going, this::toParticipants);
    publish(ending, whenEnded::ended);
  }

  private List<Batcher> participants(Hosts hosts, int step) {
    int consumers = deployment.participants().count() * deployment.participants().cores();
    return IntStream.range(0, consumers)
        .mapToObj(i -> participant(hosts.ofParticipant(step, i)))
        .toList();
  }

  private Batcher participant(Resource cpu) {
    return new Batcher(
        timeline,
        "participant",
        Deployment.MAX_BATCH,
        (batch, done) ->
            cpu.use(
                work(Part.PARTICIPANTS, Deployment.STEPS, batch.size()),
                () -> {
                  done.run();
                  batch.forEach(saga -> saga.answered++);
                  publish(batch, this::toLanes);
                }));
  }

  /** Through a broker and its network card, then on to the readers. */
  private void publish(List<Trip> sagas, Ended to) {
    if (sagas.isEmpty()) {
      return;
    }
    double replicated =
        deployment.brokers().replicas() > 1 ? figures.get("kafka.replicated.cpu.factor") : 1;
    double bytes =
        figures.get("kafka.records") / HOPS * figures.get("kafka.record.bytes") * sagas.size();
    double toTransfer = bytes * deployment.brokers().replicas();
    int broker = nextBroker++ % brokers.size();
    brokers
        .get(broker)
        .use(
            replicated * work(Part.KAFKA, HOPS, sagas.size()),
            () ->
                cards
                    .get(broker)
                    .use(
                        toTransfer * BITS / (deployment.brokers().gigabits() * 1e6),
                        () -> timeline.after(figures.get("hop.ms"), () -> to.ended(sagas))));
  }

  private void toLanes(List<Trip> sagas) {
    route(sagas, lanes);
  }

  private void toParticipants(List<Trip> sagas) {
    for (int step = 0; step < Deployment.STEPS; step++) {
      int wanted = step;
      route(sagas.stream().filter(s -> s.answered == wanted).toList(), participants.get(step));
    }
  }

  /** To whom the saga's shard belongs. */
  private static void route(List<Trip> sagas, List<Batcher> owners) {
    Map<Integer, List<Trip>> byOwner = new TreeMap<>();
    for (Trip saga : sagas) {
      byOwner.computeIfAbsent(saga.shard % owners.size(), i -> new ArrayList<>()).add(saga);
    }
    byOwner.forEach((owner, arrived) -> owners.get(owner).offer(arrived));
  }

  /** A turn's work: what it costs anyway, and for each of its sagas its part of all passes. */
  private double work(Part part, int passes, int sagas) {
    double mean = figures.get(part.turn()) + figures.get(part.cpu()) / passes * sagas;
    double spread = figures.get("spread");
    return mean * (1 - spread + 2 * spread * random.nextDouble());
  }
}
