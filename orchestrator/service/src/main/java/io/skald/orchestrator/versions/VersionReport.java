package io.skald.orchestrator.versions;

import io.skald.machine.SagaStatus;
import java.util.List;
import java.util.Map;

/**
 * What a build means for one version of a definition.
 *
 * @param why the reason for the verdict, for people
 * @param inBuild whether the version is in the build
 * @param live how many of its sagas have not ended
 * @param byStatus the same by their status
 * @param differences in what the build's structure differs from the one that ran here
 * @param canBeDropped whether it is an older version that no live saga needs any more
 */
public record VersionReport(
    String definition,
    int version,
    Verdict verdict,
    String why,
    boolean inBuild,
    long live,
    Map<SagaStatus, Long> byStatus,
    List<StepReport> steps,
    List<String> differences,
    boolean canBeDropped) {

  public VersionReport {
    byStatus = Map.copyOf(byStatus);
    steps = List.copyOf(steps);
    differences = List.copyOf(differences);
  }

  String name() {
    return definition + " v" + version;
  }
}
