package io.skald.chaos.nemesis;

/** Is told of faults as they come and go, by any thread. */
public interface FaultListener {

  /** A fault is being made. */
  void begun(PlannedFault fault);

  /** A fault that had begun did not come about, such as a crash at a point that nobody came by. */
  void cameToNothing(PlannedFault fault);

  /** A fault is over. */
  void over(Inflicted inflicted);
}
