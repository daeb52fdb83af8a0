package io.skald.benchmark.queueing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The machines of a deployment: cores, logs and network cards, and who runs where. */
final class Hosts {

  private final Timeline timeline;
  private final Deployment deployment;
  private final List<Resource> orchestrators;
  private final List<Resource> databases;
  private final List<Resource> logs = new ArrayList<>();
  private final List<Resource> brokers;
  private final List<Resource> cards = new ArrayList<>();
  private final List<List<Resource>> participants = new ArrayList<>();

  Hosts(Timeline timeline, Deployment deployment) {
    this.timeline = timeline;
    this.deployment = deployment;
    if (deployment.sharedCores().isPresent()) {
      Resource machine = cores("cores of the machine", deployment.sharedCores().getAsInt());
      orchestrators = Collections.nCopies(deployment.orchestrators().count(), machine);
      databases = Collections.nCopies(deployment.databases().count(), machine);
      brokers = Collections.nCopies(deployment.brokers().count(), machine);
      List<Resource> kind = Collections.nCopies(deployment.participants().count(), machine);
      participants.addAll(Collections.nCopies(Deployment.STEPS, kind));
    } else {
      Deployment.Orchestrators o = deployment.orchestrators();
      orchestrators = machines("cores of an orchestrator", o.count(), o.cores());
      Deployment.Databases d = deployment.databases();
      databases = machines("cores of a database", d.count(), d.cores());
      Deployment.Brokers b = deployment.brokers();
      brokers = machines("cores of a broker", b.count(), b.cores());
      Deployment.Participants p = deployment.participants();
      for (int step = 0; step < Deployment.STEPS; step++) {
        participants.add(machines("cores of a participant", p.count(), p.cores()));
      }
    }
    for (int i = 0; i < deployment.databases().count(); i++) {
      logs.add(new CommitLog(timeline, deployment.databases().flushMillis()));
    }
    for (int i = 0; i < deployment.brokers().count(); i++) {
      cards.add(new Station(timeline, "network of a broker", 1));
    }
  }

  private Resource cores(String kind, int count) {
    return new Station(timeline, kind, count);
  }

  private List<Resource> machines(String kind, int count, int cores) {
    List<Resource> machines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      machines.add(cores(kind, cores));
    }
    return machines;
  }

  /** Lanes are spread over the orchestrators, and over the databases. */
  Resource ofLane(int lane) {
    return orchestrators.get(lane % orchestrators.size());
  }

  Resource databaseOfLane(int lane) {
    return databases.get(lane % databases.size());
  }

  Resource logOfLane(int lane) {
    return logs.get(lane % logs.size());
  }

  Resource ofParticipant(int step, int consumer) {
    List<Resource> machines = participants.get(step);
    return machines.get(consumer % machines.size());
  }

  List<Resource> brokers() {
    return List.copyOf(brokers);
  }

  List<Resource> cards() {
    return List.copyOf(cards);
  }

  /** Each once. */
  List<Resource> all() {
    return Stream.of(
            orchestrators.stream(),
            databases.stream(),
            logs.stream(),
            brokers.stream(),
            cards.stream(),
            participants.stream().flatMap(List::stream))
        .flatMap(s -> s)
        .distinct()
        .toList();
  }
}
