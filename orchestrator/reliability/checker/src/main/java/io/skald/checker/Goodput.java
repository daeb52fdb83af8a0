package io.skald.checker;

/**
 * How many sagas completed, against a twin: the same run without faults. It finds code that loses
 * messages and hides it behind timeouts, which breaks no law.
 *
 * @param completed in this run
 * @param twin in the twin
 * @param leastShare the share of the twin's that this run must reach, from 0 to 1
 */
public record Goodput(long completed, long twin, double leastShare) {

  public Goodput {
    if (!(leastShare >= 0 && leastShare <= 1)) {
      throw new IllegalArgumentException("Expected a share from 0 to 1, but found " + leastShare);
    }
  }
}
