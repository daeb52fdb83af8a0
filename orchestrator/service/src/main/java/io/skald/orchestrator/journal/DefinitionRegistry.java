package io.skald.orchestrator.journal;

import io.skald.orchestrator.versions.StructureDifferences;
import io.skald.saga.SagaDefinition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Remembers the structure of every version that has run, so that a definition can't drift under the
 * sagas that are pinned to it: law L10.
 */
public final class DefinitionRegistry {

  private final Transactions transactions;

  public DefinitionRegistry(DataSource dataSource) {
    this.transactions = new Transactions(dataSource);
  }

  /**
   * What has changed without a new version: for each such definition what differs, step by step,
   * and how many sagas are live on it. Empty when nothing has. Writes nothing.
   */
  public List<String> faults(Collection<? extends SagaDefinition<?>> definitions) {
    return transactions.call(
        "compare definitions",
        connection -> {
          List<String> faults = new ArrayList<>();
          for (SagaDefinition<?> definition : definitions) {
            drift(connection, definition).ifPresent(faults::add);
          }
          return faults;
        });
  }

  /**
   * Registers what is new and compares the rest.
   *
   * @throws IllegalStateException when {@link #faults} finds any, be it that another orchestrator
   *     has registered something else since it was asked
   */
  public void register(Collection<? extends SagaDefinition<?>> definitions) {
    transactions.call(
        "register definitions",
        connection -> {
          for (SagaDefinition<?> definition : definitions) {
            insert(connection, definition);
          }
          return definitions.size();
        });
    List<String> faults = faults(definitions);
    if (!faults.isEmpty()) {
      throw new IllegalStateException(String.join(System.lineSeparator(), faults));
    }
  }

  private static Optional<String> drift(Connection connection, SagaDefinition<?> definition)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select fingerprint, structure from definition where name = ? and version = ?")) {
      statement.setString(1, definition.name());
      statement.setInt(2, definition.version());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next() || row.getString(1).equals(definition.fingerprint())) {
          return Optional.empty();
        }
        StringBuilder fault =
            new StringBuilder(
                "Definition "
                    + definition
                    + " has changed while its version has not; "
                    + liveSagas(connection, definition)
                    + " live sagas run on it. Raise the version and keep the old one deployed until"
                    + " they have ended, or take the change back. What differs:");
        StructureDifferences.explained(row.getString(2), definition.toJson())
            .forEach(
                difference -> fault.append(System.lineSeparator()).append("  ").append(difference));
        return Optional.of(fault.toString());
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
}
