package io.skald.benchmark;

/** What is measured of each program in each round. */
enum StartupFigure {
  ORCHESTRATOR_READY("orchestrator: time to ready", "s", 2),
  SHOP_READY("shop: time to ready", "s", 2),
  FIRST_SAGA("both at once: time to the first saga's end", "s", 2),
  ORCHESTRATOR_START_CPU("orchestrator: CPU time until ready", "s", 2),
  ORCHESTRATOR_IDLE("orchestrator: memory, idle", "MB", 0),
  SHOP_IDLE("shop: memory, idle", "MB", 0),
  ORCHESTRATOR_LOADED("orchestrator: memory after load", "MB", 0),
  SHOP_LOADED("shop: memory after load", "MB", 0),
  ORCHESTRATOR_DISK("orchestrator: size on disk", "MB", 0),
  SHOP_DISK("shop: size on disk", "MB", 0),
  THROUGHPUT("closed loop: throughput", "sagas/s", 0),
  P99_CLOSED("closed loop: p99", "ms", 0),
  P99_OPEN("fixed rate: p99", "ms", 1),
  ERRORS("sagas that went wrong, books that do not balance", "", 0);

  private final String label;
  private final String unit;
  private final int decimals;

  StartupFigure(String label, String unit, int decimals) {
    this.label = label;
    this.unit = unit;
    this.decimals = decimals;
  }

  /** For people. */
  String label() {
    return unit.isEmpty() ? label : label + ", " + unit;
  }

  int decimals() {
    return decimals;
  }
}
