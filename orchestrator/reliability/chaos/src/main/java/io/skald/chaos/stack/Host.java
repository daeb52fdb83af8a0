package io.skald.chaos.stack;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A process of Skald or of the shop, each with links of its own and, if it has one, a database. */
public enum Host {
  ORCHESTRATOR("skald"),
  ORCHESTRATOR_2("skald"),
  PAYMENT("payment"),
  INVENTORY("inventory"),
  SHIPPING("shipping"),
  ORDER("orders");

  private static final Set<Host> ORCHESTRATORS = EnumSet.of(ORCHESTRATOR, ORCHESTRATOR_2);

  private final String database;

  Host(String database) {
    this.database = database;
  }

  /** Of its process, its log and its pid file; an orchestrator's name in the shard rows too. */
  public String processName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String database() {
    return database;
  }

  public boolean isOrchestrator() {
    return ORCHESTRATORS.contains(this);
  }

  public static Set<Host> orchestrators() {
    return EnumSet.copyOf(ORCHESTRATORS);
  }

  public static Set<Host> participants() {
    return EnumSet.complementOf(EnumSet.copyOf(ORCHESTRATORS));
  }

  public static Set<Host> all() {
    return EnumSet.allOf(Host.class);
  }

  /** Where a participant answers. */
  public String eventsTopic() {
    return processName() + "-events";
  }
}
