package io.skald.chaos.nemesis;

import io.skald.chaos.stack.Server;
import java.util.Locale;
import java.util.Optional;

/** What can be done to the processes, their servers and their links. */
public enum FaultKind {
  /** {@code kill -9} of a process. */
  KILL(Aim.PROCESS, 0, 0),
  /** A process ends at a durable boundary, when it next comes there. */
  CRASH_POINT(Aim.PROCESS, 10, 10),
  /** SIGSTOP of a process for so long that others may notice or not. */
  FREEZE(Aim.PROCESS, 2, 15),
  /** SIGSTOP of a process until it is a zombie: another has taken over. */
  LONG_FREEZE(Aim.PROCESS, 30, 60),
  /** All orchestrators, or all participants, one after the other, in order. */
  ROLLING_RESTART(Aim.GROUP, 0, 0),
  /** {@code pg_terminate_backend} for some of a process's connections, more than once. */
  BACKENDS_TERMINATED(Aim.POSTGRES_LINK, 1, 5),
  /** {@code kill -9} of Kafka. */
  BROKER_KILL(Aim.KAFKA, 0, 0),
  /** SIGSTOP of Kafka past its session. */
  BROKER_FREEZE(Aim.KAFKA, 10, 25),
  /** {@code kill -9} of PostgreSQL and all its backends. */
  DATABASE_KILL(Aim.POSTGRES, 0, 0),
  /** SIGSTOP of PostgreSQL and all its backends. */
  DATABASE_FREEZE(Aim.POSTGRES, 5, 30),
  /** A link is slow. */
  LINK_DELAY(Aim.LINK, 5, 30),
  /** A link is narrow. */
  LINK_BANDWIDTH(Aim.LINK, 5, 30),
  /** Nothing arrives, for a while. */
  LINK_BLACK_HOLE(Aim.LINK, 5, 40),
  /** A server has forgotten its connections, and the clients do not know. */
  LINK_HALF_OPEN(Aim.LINK, 1, 10),
  /** Connections break, and new ones do too. */
  LINK_RESET(Aim.LINK, 1, 15),
  /** A burst of records that were there before. */
  DUPLICATES(Aim.TOPICS, 0, 0),
  /** A burst of records that nobody can want. */
  CORRUPT_RECORDS(Aim.TOPICS, 0, 0);

  /** What a fault is aimed at. */
  enum Aim {
    PROCESS,
    GROUP,
    KAFKA,
    POSTGRES,
    LINK,
    POSTGRES_LINK,
    TOPICS
  }

  private final Aim aim;
  private final int leastSeconds;
  private final int mostSeconds;

  FaultKind(Aim aim, int leastSeconds, int mostSeconds) {
    this.aim = aim;
    this.leastSeconds = leastSeconds;
    this.mostSeconds = mostSeconds;
  }

  Aim aim() {
    return aim;
  }

  int leastSeconds() {
    return leastSeconds;
  }

  int mostSeconds() {
    return mostSeconds;
  }

  /** The server that is hit as a whole. */
  Optional<Server> server() {
    return switch (aim) {
      case KAFKA -> Optional.of(Server.KAFKA);
      case POSTGRES -> Optional.of(Server.POSTGRES);
      case PROCESS, GROUP, LINK, POSTGRES_LINK, TOPICS -> Optional.empty();
    };
  }

  /** Whether processes die of it. */
  public boolean isKill() {
    return this == KILL || this == CRASH_POINT || this == BROKER_KILL || this == DATABASE_KILL;
  }

  /** Whether a process of Skald stands still meanwhile. */
  public boolean isFreeze() {
    return this == FREEZE || this == LONG_FREEZE;
  }

  /** Whether it is over as soon as it is made. */
  boolean isMomentary() {
    return this == KILL || this == BROKER_KILL || this == DATABASE_KILL;
  }

  /** For people, such as {@code link black hole}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
