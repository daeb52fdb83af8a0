package io.skald.checker;

import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.HashMap;
import java.util.Map;

/**
 * All attempts of one step's phase carry one idempotency key, and nothing else carries it: action
 * and compensation have different ones (law L5).
 */
final class IdempotencyKeyRule implements Rule {

  private record Request(SagaId saga, StepName step, Phase phase) {

    @Override
    public String toString() {
      return "the " + phase.wireName() + " of step '" + step + "' of saga " + saga;
    }
  }

  @Override
  public String name() {
    return "idempotency keys";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    Map<Request, String> keys = new HashMap<>();
    Map<String, Request> requests = new HashMap<>();
    for (SentCommand command : evidence.history().commands()) {
      Request request = new Request(command.saga(), command.step(), command.phase());
      String key = keys.computeIfAbsent(request, r -> command.idempotencyKey());
      if (!key.equals(command.idempotencyKey())) {
        findings.add(
            "L5",
            command.saga(),
            "Expected all attempts at "
                + request
                + " to carry key '"
                + key
                + "', but attempt "
                + command.attempt()
                + " carries '"
                + command.idempotencyKey()
                + "'");
      }
      Request first = requests.computeIfAbsent(command.idempotencyKey(), k -> request);
      if (!first.equals(request)) {
        findings.add(
            "L5",
            command.saga(),
            "Expected key '"
                + command.idempotencyKey()
                + "' to be that of "
                + first
                + " alone, but "
                + request
                + " carries it too");
      }
    }
  }
}
