package io.skald.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a test may say to a {@link FailureMatrix} beside its definition.
 *
 * @param mayDiffer members of compensations that are not compared, as {@code step.member}
 * @param anyOrder members of the data that may depend on the order of replies
 */
record MatrixSettings(
    SampleReplies samples,
    SampleSignals signals,
    Set<String> mayDiffer,
    Set<String> anyOrder,
    List<Undoing.Rule> rules,
    int failures,
    int pairs) {

  MatrixSettings {
    mayDiffer = Set.copyOf(mayDiffer);
    anyOrder = Set.copyOf(anyOrder);
    rules = List.copyOf(rules);
  }

  MatrixSettings withReply(String step, UnaryOperator<String> reply) {
    return new MatrixSettings(
        samples.with(step, reply), signals, mayDiffer, anyOrder, rules, failures, pairs);
  }

  MatrixSettings withSignals(SampleSignals signals) {
    return new MatrixSettings(samples, signals, mayDiffer, anyOrder, rules, failures, pairs);
  }

  MatrixSettings withMayDiffer(List<String> members) {
    Set<String> more = new HashSet<>(mayDiffer);
    more.addAll(members);
    return new MatrixSettings(samples, signals, more, anyOrder, rules, failures, pairs);
  }

  MatrixSettings withAnyOrder(List<String> members) {
    Set<String> more = new HashSet<>(anyOrder);
    more.addAll(members);
    return new MatrixSettings(samples, signals, mayDiffer, more, rules, failures, pairs);
  }

  MatrixSettings withRule(Undoing.Rule rule) {
    List<Undoing.Rule> more = new ArrayList<>(rules);
    more.add(rule);
    return new MatrixSettings(samples, signals, mayDiffer, anyOrder, more, failures, pairs);
  }

  MatrixSettings withFailures(int failures) {
    return new MatrixSettings(samples, signals, mayDiffer, anyOrder, rules, failures, pairs);
  }

  MatrixSettings withPairs(int pairs) {
    return new MatrixSettings(samples, signals, mayDiffer, anyOrder, rules, failures, pairs);
  }
}
