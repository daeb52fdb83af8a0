package io.skald.orchestrator.archive;

import io.skald.orchestrator.archive.Partition.Family;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Brings what is in the archive into temporary tables, so that PostgreSQL can sort it. */
final class ArchivedRows {

  private static final int AT_ONCE = 500;

  private final Connection connection;
  private final Set<Partition> partitions = new HashSet<>();

  /** Makes empty temporary tables, which go with the transaction. */
  ArchivedRows(Connection connection) throws SQLException {
    this.connection = connection;
    for (Family family : Family.values()) {
      Retention.execute(
          connection,
          "create temporary table archived_%1$s (like %1$s) on commit drop"
              .formatted(family.table()));
    }
  }

  /**
   * @throws IOException when a partition's rows are not what its manifest says
   */
  void load(ArchiveStore store) throws SQLException, IOException {
    for (String name : store.names("")) {
      if (Manifest.isName(name)) {
        load(store, Manifest.read(required(store, name)));
      }
    }
  }

  boolean has(Partition partition) {
    return partitions.contains(partition);
  }

  private void load(ArchiveStore store, Manifest manifest) throws SQLException, IOException {
    Partition partition =
        Partition.named(manifest.table())
            .orElseThrow(
                () ->
                    new IOException(
                        "Expected the rows of a day or a week, but found " + manifest.table()));
    String name = Manifest.rowsOf(manifest.table());
    Manifest found = Manifest.ofRows(manifest.table(), required(store, name));
    if (!found.equals(manifest)) {
      throw new IOException(
          "Expected " + name + " in " + store + " to be " + manifest + ", but found " + found);
    }
    partitions.add(partition);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(required(store, name)), StandardCharsets.UTF_8))) {
      List<String> some = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        some.add(line);
        if (some.size() == AT_ONCE) {
          insert(partition.family(), some);
        }
      }
      insert(partition.family(), some);
    }
  }

  private void insert(Family family, List<String> lines) throws SQLException {
    String sql =
        """
        insert into archived_%1$s
        select r.* from unnest(?::text[]) as l (line), json_populate_record(null::%1$s, l.line::json) r
        """
            .formatted(family.table());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, lines.toArray(String[]::new));
      statement.executeUpdate();
    }
    lines.clear();
  }

  private static InputStream required(ArchiveStore store, String name) throws IOException {
    return store
        .read(name)
        .orElseThrow(() -> new IOException("Expected " + store + " to have " + name));
  }
}
