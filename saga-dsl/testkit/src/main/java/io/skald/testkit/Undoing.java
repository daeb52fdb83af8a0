package io.skald.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.PayloadCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Whether a compensation undoes what its step has done. Members of its JSON that have the name and
 * kind of a member of the step's reply, or else of its command, must have the same value.
 */
final class Undoing {

  private final PayloadCodec codec;
  private final Set<String> mayDiffer;
  private final List<Rule> rules;
  private final Set<String> notCompared = new LinkedHashSet<>();

  /** What the test's author says of one step's compensation. */
  record Rule(
      String step, Class<?> reply, Class<?> compensation, BiPredicate<Object, Object> same) {}

  /**
   * @param mayDiffer members that are not compared, as {@code step.member}
   */
  Undoing(PayloadCodec codec, Set<String> mayDiffer, List<Rule> rules) {
    this.codec = codec;
    this.mayDiffer = mayDiffer;
    this.rules = rules;
  }

  /**
   * @param reply empty when the action's outcome is unknown
   */
  void check(CommandIssued action, Optional<String> reply, CommandIssued compensation) {
    boolean compared = byRules(reply, compensation);
    for (Map.Entry<String, JsonNode> member : Json.read(compensation.payload()).properties()) {
      compared |= byMember(action, reply, compensation, member.getKey(), member.getValue());
    }
    if (!compared) {
      notCompared.add(compensation.command() + " of step '" + compensation.step().value() + "'");
    }
  }

  /** Compensations in which there was nothing to compare. */
  Set<String> notCompared() {
    return new HashSet<>(notCompared);
  }

  private boolean byMember(
      CommandIssued action,
      Optional<String> reply,
      CommandIssued compensation,
      String member,
      JsonNode found) {
    String step = compensation.step().value();
    if (mayDiffer.contains(step + "." + member)) {
      return false;
    }
    Optional<JsonNode> replied = reply.flatMap(json -> Json.member(json, member));
    Optional<JsonNode> expected = replied.or(() -> Json.member(action.payload(), member));
    if (expected.isEmpty() || !Json.isSameKind(expected.get(), found)) {
      return false;
    }
    Broken.unless(
        Json.isSame(expected.get(), found),
        Law.UNDOES_SOMETHING_ELSE,
        "Expected %s of step '%s' to undo %s %s, which its %s names, but found %s"
            .formatted(
                compensation.command(),
                compensation.step(),
                member,
                expected.get(),
                replied.isPresent() ? "reply" : "command",
                found));
    return true;
  }

  private boolean byRules(Optional<String> reply, CommandIssued compensation) {
    List<Rule> applying = new ArrayList<>(rules);
    applying.removeIf(
        rule ->
            reply.isEmpty()
                || !rule.step().equals(compensation.step().value())
                || !MessageType.of(rule.compensation()).equals(compensation.command()));
    for (Rule rule : applying) {
      Object done = codec.decode(reply.orElseThrow(), rule.reply());
      Object undo = codec.decode(compensation.payload(), rule.compensation());
      Broken.unless(
          rule.same().test(done, undo),
          Law.UNDOES_SOMETHING_ELSE,
          "Expected step '"
              + compensation.step()
              + "' to undo\n  "
              + done
              + "\nbut found\n  "
              + undo);
    }
    return !applying.isEmpty();
  }
}
