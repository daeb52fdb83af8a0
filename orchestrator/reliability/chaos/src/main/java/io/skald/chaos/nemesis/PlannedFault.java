package io.skald.chaos.nemesis;

import io.skald.chaos.stack.Host;
import io.skald.chaos.stack.Server;
import io.skald.saga.message.crash.CrashPoint;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One entry of a schedule.
 *
 * @param at when, counted from the schedule's beginning
 * @param lasts how long; zero for what takes no time
 * @param hosts whose sagas it can stop; none when it should stop nobody's
 * @param server the server itself, or the link to it from the one host
 * @param point where the one host is to end
 * @param seed for what is drawn while it is carried out
 */
public record PlannedFault(
    Duration at,
    Duration lasts,
    FaultKind kind,
    Set<Host> hosts,
    Optional<Server> server,
    Optional<CrashPoint> point,
    long seed) {

  public PlannedFault {
    hosts = Set.copyOf(hosts);
  }

  Duration end() {
    return at.plus(lasts);
  }

  /** The one host that it is aimed at. */
  Host host() {
    if (hosts.size() != 1) {
      throw new IllegalStateException("Expected " + kind + " to hit one host, but found " + hosts);
    }
    return hosts.iterator().next();
  }

  /** For people: what is hit. */
  public String target() {
    return switch (kind.aim()) {
      case PROCESS -> host().processName() + point.map(at -> " at " + at.label()).orElse("");
      case GROUP ->
          new TreeSet<>(hosts).stream().map(Host::processName).collect(Collectors.joining(", "));
      case KAFKA, POSTGRES -> server.map(Server::label).orElse("");
      case LINK, POSTGRES_LINK ->
          host().processName() + " to " + server.map(Server::label).orElse("");
      case TOPICS -> "topics";
    };
  }
}
