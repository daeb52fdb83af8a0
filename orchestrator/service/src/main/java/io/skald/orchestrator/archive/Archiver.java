package io.skald.orchestrator.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Copies a partition into the archive, as JSON lines, and proves the copy by reading it back. May
 * be repeated after a crash anywhere: the same names are written again.
 */
final class Archiver {

  private static final int ROWS_AT_ONCE = 500;

  private final ArchiveStore store;

  Archiver(ArchiveStore store) {
    this.store = store;
  }

  /**
   * @param connection within a transaction, whose snapshot is what is copied
   * @throws IOException when the store fails, or gives back something else than it was given
   */
  Manifest archive(Connection connection, Partition partition) throws SQLException, IOException {
    Path file = Files.createTempFile("skald-" + partition.table(), ".jsonl.gz");
    try {
      Manifest written = copy(connection, partition, file);
      String name = Manifest.rowsOf(partition.table());
      store.write(name, file);
      Manifest readBack = Manifest.ofRows(partition.table(), required(name));
      if (!readBack.equals(written)) {
        throw new IOException(
            "Expected to read from "
                + store
                + " what was written, "
                + written
                + ", but found "
                + readBack);
      }
      Files.write(file, written.toJson());
      store.write(Manifest.nameOf(partition.table()), file);
      return written;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private InputStream required(String name) throws IOException {
    Optional<InputStream> stored = store.read(name);
    return stored.orElseThrow(
        () -> new IOException("Expected " + store + " to have " + name + ", which it was given"));
  }

  private static Manifest copy(Connection connection, Partition partition, Path file)
      throws SQLException, IOException {
    MessageDigest digest = Manifest.newDigest();
    long rows = 0;
    try (OutputStream lines =
            new BufferedOutputStream(
                new DigestOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), digest));
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet found =
          statement.executeQuery(
              "select row_to_json(p)::text from "
                  + partition.table()
                  + " p order by "
                  + partition.family().order())) {
        while (found.next()) {
          lines.write(found.getString(1).getBytes(StandardCharsets.UTF_8));
          lines.write('\n');
          rows++;
        }
      }
    }
    return new Manifest(partition.table(), rows, Manifest.hex(digest));
  }
}
