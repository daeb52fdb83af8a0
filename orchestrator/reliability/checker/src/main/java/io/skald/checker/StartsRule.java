package io.skald.checker;

import io.skald.saga.message.SagaId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Each acknowledged start has its saga, and no key has two, but for those of which one is under way
 * at a time (law L1).
 */
final class StartsRule implements Rule {

  private record Key(Optional<String> definition, Optional<String> key) {}

  @Override
  public String name() {
    return "starts";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    Map<Key, SagaId> sagas = new HashMap<>();
    for (SagaHistory saga : evidence.history().sagas()) {
      // The id of a child follows from its parent's, and parents of several definitions share keys.
      if (saga.isExclusive() || saga.parent().isPresent()) {
        continue;
      }
      Key key = new Key(saga.definition(), saga.key());
      SagaId first = sagas.putIfAbsent(key, saga.id());
      if (first != null && !first.equals(saga.id())) {
        findings.add(
            "L1",
            saga.id(),
            "Expected one saga for key '"
                + saga.key().orElse("")
                + "', but saga "
                + first
                + " has it too");
      }
    }
    for (ClientStart start : evidence.history().starts()) {
      start.acknowledged().ifPresent(id -> check(start, id, evidence, findings));
    }
  }

  private static void check(ClientStart start, SagaId id, Evidence evidence, Findings findings) {
    String what = "a saga of " + start.definition() + " for key '" + start.key() + "'";
    Optional<SagaHistory> saga = evidence.saga(id);
    if (saga.isEmpty()) {
      findings.add(
          "L1", id, "Expected " + what + ", for its start was acknowledged, but there is none");
    } else if (!saga.get().key().equals(Optional.of(start.key()))
        || !saga.get().definition().equals(Optional.of(start.definition()))) {
      findings.add(
          "L1",
          id,
          "Expected "
              + what
              + ", for so its start was acknowledged, but found one of "
              + saga.get().definition().orElse("nothing")
              + " for key '"
              + saga.get().key().orElse("")
              + "'");
    }
  }
}
