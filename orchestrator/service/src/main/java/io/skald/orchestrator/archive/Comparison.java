package io.skald.orchestrator.archive;

import java.util.ArrayList;
import java.util.List;

/** What a comparison of rows with the journal has found. Used by one thread. */
final class Comparison {

  private static final int SHOWN = 10;

  private final List<String> first = new ArrayList<>();
  private long same;
  private long differ;
  private long missing;
  private long surplus;
  private long unknown;
  private long letGo;

  void same() {
    same++;
  }

  void differs(SagaRecord must, List<String> differences) {
    differ++;
    show("differs " + must.id() + ": " + String.join("; ", differences));
  }

  void isMissing(SagaRecord must) {
    missing++;
    show("misses  " + must.id() + ": " + must.definition() + ", " + must.status());
  }

  void isSurplus(SagaRecord stored) {
    surplus++;
    show("surplus " + stored.id() + ": a row without a journal");
  }

  /** The journal's rows of a saga are not all there, or make no sense. */
  void isUnknown(Replay.Replayed saga) {
    unknown++;
    show("unknown " + saga.id() + ": " + saga.trouble());
  }

  /** Its row was dropped with its week, of which there is no copy. */
  void wasLetGo() {
    letGo++;
  }

  private void show(String line) {
    if (first.size() < SHOWN) {
      first.add(line);
    }
  }

  boolean isClean() {
    return differ + missing + surplus + unknown == 0;
  }

  /** The first things that are wrong, and a line of figures. */
  List<String> report() {
    List<String> report = new ArrayList<>(first);
    report.add(
        "%d sagas are the same, %d differ, %d miss, %d have no journal, of %d the journal does not"
                .formatted(same, differ, missing, surplus, unknown)
            + " tell; %d were dropped with their week".formatted(letGo));
    return report;
  }
}
