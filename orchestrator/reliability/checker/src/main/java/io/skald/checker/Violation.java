package io.skald.checker;

import io.skald.saga.message.SagaId;
import java.util.Objects;
import java.util.Optional;

/**
 * A law that was not kept.
 *
 * @param law which one, such as {@code L3}; or {@code goodput}, {@code hops} or {@code books} for
 *     what holds beyond the numbered laws
 * @param rule the name of the rule that found it
 * @param saga whose; empty when it is no single saga's
 * @param sentence what was expected, and what was found
 * @param story all that is known of the saga, a line each; empty when it is no single saga's, or
 *     when the same rule has told it before
 */
public record Violation(
    String law, String rule, Optional<SagaId> saga, String sentence, String story) {

  public Violation {
    Objects.requireNonNull(law, "law");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(saga, "saga");
    Objects.requireNonNull(sentence, "sentence");
    Objects.requireNonNull(story, "story");
  }

  @Override
  public String toString() {
    return law + " (" + rule + "): " + sentence + (story.isEmpty() ? "" : "\n" + story);
  }
}
