package io.skald.orchestrator.versions;

import io.skald.machine.SagaStatus;
import io.skald.orchestrator.lane.Definitions;
import io.skald.saga.SagaDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares the definitions of a build with the sagas that are live. Pure. */
final class VersionCheck {

  private record Version(String definition, int number) {}

  private final Definitions build;
  private final LiveSagas live;

  private VersionCheck(Definitions build, LiveSagas live) {
    this.build = build;
    this.live = live;
  }

  /** Every version that the build has, or that live sagas run on; by name and version. */
  static List<VersionReport> compare(Definitions build, LiveSagas live) {
    VersionCheck check = new VersionCheck(build, live);
    Set<Version> versions =
        new TreeSet<>(Comparator.comparing(Version::definition).thenComparing(Version::number));
    build.all().forEach(d -> versions.add(new Version(d.name(), d.version())));
    live.groups().forEach(g -> versions.add(new Version(g.definition(), g.version())));
    return versions.stream().map(check::report).toList();
  }

  private VersionReport report(Version version) {
    Optional<SagaDefinition<?>> built = build.of(version.definition(), version.number());
    Optional<StoredStructure> stored =
        live.structures().stream()
            .filter(s -> s.definition().equals(version.definition()))
            .filter(s -> s.version() == version.number())
            .findFirst();
    List<LiveGroup> groups =
        live.groups().stream()
            .filter(g -> g.definition().equals(version.definition()))
            .filter(g -> g.version() == version.number())
            .toList();
    boolean newest = build.latest(version.definition()).equals(built);
    boolean drifted =
        built.isPresent()
            && stored.isPresent()
            && !stored.get().fingerprint().equals(built.get().fingerprint());
    List<Difference> differences =
        drifted
            ? StructureDifferences.explained(stored.get().json(), built.get().toJson())
            : List.of();
    Verdict healthy = newest ? Verdict.CONTINUES : Verdict.PINNED;
    Verdict verdict = built.isEmpty() || drifted ? Verdict.BROKEN : healthy;
    long count = groups.stream().mapToLong(LiveGroup::count).sum();
    return new VersionReport(
        version.definition(),
        version.number(),
        verdict,
        why(built.isPresent(), drifted, newest, stored.isPresent()),
        built.isPresent(),
        count,
        byStatus(groups),
        steps(
            stored.map(StoredStructure::json).or(() -> built.map(SagaDefinition::toJson)),
            groups,
            built.isEmpty() ? verdict : healthy,
            differences),
        differences.stream().map(Difference::sentence).toList(),
        built.isPresent() && !newest && !drifted && count == 0 && !isChildOfAnother(version));
  }

  /** Whether a definition of the build runs it as a sub-saga; without it nothing would start. */
  private boolean isChildOfAnother(Version version) {
    return build.all().stream()
        .flatMap(definition -> definition.steps().stream())
        .flatMap(step -> step.child().stream())
        .anyMatch(
            child ->
                child.definition().equals(version.definition())
                    && child.version() == version.number());
  }

  private static String why(boolean inBuild, boolean drifted, boolean newest, boolean stored) {
    if (!inBuild) {
      return "it is not in the build, so its sagas park until it is back";
    }
    if (drifted) {
      return "its structure has changed while its version has not, so an orchestrator refuses to"
          + " start";
    }
    if (!newest) {
      return "an older version that is in the build, so its sagas finish on it";
    }
    return stored ? "the newest version, as it ran here before" : "the newest version, new here";
  }

  private static Map<SagaStatus, Long> byStatus(List<LiveGroup> groups) {
    Map<SagaStatus, Long> counts = new EnumMap<>(SagaStatus.class);
    groups.forEach(group -> counts.merge(group.status(), group.count(), Long::sum));
    return counts;
  }

  /** The steps that sagas were started with, then those that they are at all the same. */
  private static List<StepReport> steps(
      Optional<String> structure,
      List<LiveGroup> groups,
      Verdict healthy,
      List<Difference> differences) {
    Set<String> names = new LinkedHashSet<>();
    structure.ifPresent(json -> names.addAll(StructureDifferences.stepNames(json)));
    groups.forEach(group -> names.addAll(group.at()));
    List<String> order = List.copyOf(names);
    Set<String> broken =
        differences.stream().flatMap(d -> d.steps().stream()).collect(Collectors.toSet());
    boolean allBroken = differences.stream().anyMatch(d -> d.steps().isEmpty());
    List<StepReport> steps = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      String step = order.get(i);
      int place = i;
      steps.add(
          new StepReport(
              step,
              allBroken || broken.contains(step) ? Verdict.BROKEN : healthy,
              groups.stream().filter(g -> g.at().contains(step)).mapToLong(LiveGroup::count).sum(),
              groups.stream()
                  .filter(g -> isToCome(g, order, place))
                  .mapToLong(LiveGroup::count)
                  .sum()));
    }
    return steps;
  }

  /**
   * Forward what stands behind the first step that they are at, back what stands before the last;
   * of what is held, what may have to be undone.
   */
  private static boolean isToCome(LiveGroup group, List<String> order, int place) {
    if (group.at().contains(order.get(place))) {
      return false;
    }
    List<Integer> at = group.at().stream().map(order::indexOf).sorted().toList();
    if (group.direction() == SagaStatus.COMPENSATING || group.direction() == SagaStatus.HELD) {
      return !at.isEmpty() && place < at.getLast();
    }
    return at.isEmpty() || place > at.getFirst();
  }
}
