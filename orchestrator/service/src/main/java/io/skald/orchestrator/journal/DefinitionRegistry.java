package io.skald.orchestrator.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.skald.saga.SagaDefinition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Remembers the structure of every version that has run, so that a definition can't drift under the
 * sagas that are pinned to it: law L10.
 */
public final class DefinitionRegistry {

  /** What may change without a new version: it is not part of the structure. */
  private static final Set<String> POLICIES =
      Set.of("timeout", "retry", "deadline", "fingerprint", "startedBy");

  private final Transactions transactions;

  public DefinitionRegistry(DataSource dataSource) {
    this.transactions = new Transactions(dataSource);
  }

  /**
   * Registers what is new and compares the rest.
   *
   * @throws IllegalStateException when a version has another structure than it had; says what
   *     differs, and how many sagas are live on it
   */
  public void register(Collection<? extends SagaDefinition<?>> definitions) {
    List<String> drifted = new ArrayList<>();
    for (SagaDefinition<?> definition : definitions) {
      transactions
          .call("compare definition " + definition, connection -> drift(connection, definition))
          .ifPresent(drifted::add);
    }
    if (!drifted.isEmpty()) {
      throw new IllegalStateException(String.join(System.lineSeparator(), drifted));
    }
  }

  private static Optional<String> drift(Connection connection, SagaDefinition<?> definition)
      throws SQLException {
    insert(connection, definition);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select fingerprint, structure from definition where name = ? and version = ?")) {
      statement.setString(1, definition.name());
      statement.setInt(2, definition.version());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next() || row.getString(1).equals(definition.fingerprint())) {
          return Optional.empty();
        }
        return Optional.of(
            "Definition "
                + definition
                + " has changed while its version has not; "
                + liveSagas(connection, definition)
                + " live sagas run on it. Raise the version and keep the old one deployed until"
                + " they have ended, or take the change back. What differs: "
                + String.join("; ", differences(row.getString(2), definition.toJson())));
      }
    }
  }

  private static void insert(Connection connection, SagaDefinition<?> definition)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into definition (name, version, fingerprint, structure, first_seen)
            values (?, ?, ?, ?, now()) on conflict do nothing
            """)) {
      statement.setString(1, definition.name());
      statement.setInt(2, definition.version());
      statement.setString(3, definition.fingerprint());
      statement.setString(4, definition.toJson());
      statement.executeUpdate();
    }
  }

  private static long liveSagas(Connection connection, SagaDefinition<?> definition)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select count(*) from saga where definition = ? and version = ?")) {
      statement.setString(1, definition.name());
      statement.setInt(2, definition.version());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  static List<String> differences(String before, String now) {
    Map<String, String> was = flattened(ExactJson.read(before));
    Map<String, String> is = flattened(ExactJson.read(now));
    Set<String> paths = new LinkedHashSet<>(was.keySet());
    paths.addAll(is.keySet());
    List<String> differences = new ArrayList<>();
    for (String path : paths) {
      String wasHere = was.getOrDefault(path, "absent");
      String isHere = is.getOrDefault(path, "absent");
      if (!wasHere.equals(isHere)) {
        differences.add(path + " was " + wasHere + " and is " + isHere);
      }
    }
    return differences;
  }

  private static Map<String, String> flattened(JsonNode definition) {
    Map<String, String> flat = new LinkedHashMap<>();
    flatten("", definition, flat);
    return flat;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> flat) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        if (!POLICIES.contains(member.getKey())) {
          flatten(
              path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
              member.getValue(),
              flat);
        }
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(path + "[" + (i + 1) + "]", node.get(i), flat);
      }
    } else {
      flat.put(path, node.asText());
    }
  }
}
