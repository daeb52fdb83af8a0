package io.skald.orchestrator.command;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The words behind a command: flags with a value, and switches without one. */
public final class Flags {

  private final Map<String, String> values = new HashMap<>();
  private final Set<String> switches = new HashSet<>();

  /**
   * @throws IllegalArgumentException when a word is neither a switch nor a flag with its value
   */
  public Flags(String command, Set<String> withValue, Set<String> without, List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (without.contains(word)) {
        switches.add(word);
      } else if (withValue.contains(word) && i + 1 < words.size()) {
        values.put(word, words.get(++i));
      } else {
        throw new IllegalArgumentException(
            "Expected flags of "
                + command
                + ": "
                + String.join(", ", withValue.stream().sorted().toList())
                + " with a value"
                + without.stream().sorted().map(flag -> ", " + flag).collect(Collectors.joining())
                + "; but found '"
                + word
                + "'; './skald help' says what they are");
      }
    }
  }

  public Optional<String> value(String flag) {
    return Optional.ofNullable(values.get(flag));
  }

  public boolean has(String flag) {
    return switches.contains(flag);
  }
}
