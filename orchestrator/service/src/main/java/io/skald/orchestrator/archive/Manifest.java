package io.skald.orchestrator.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/**
 * What an archived day is known by. It is written last: a day without one is not archived.
 *
 * @param table the partition's name
 * @param rows how many lines there are
 * @param sha256 of the lines before they were compressed, in hex
 */
@RegisterForReflection
record Manifest(String table, long rows, String sha256) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUFFIX = ".manifest.json";

  /** The name of a partition's rows in the store: JSON lines, compressed with gzip. */
  static String rowsOf(String table) {
    return table + ".jsonl.gz";
  }

  static String nameOf(String table) {
    return table + SUFFIX;
  }

  static boolean isName(String name) {
    return name.endsWith(SUFFIX);
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to write to memory", e);
    }
  }

  static Manifest read(InputStream json) throws IOException {
    try (json) {
      return JSON.readValue(json, Manifest.class);
    }
  }

  /** Reads rows back from the store, to the last byte. */
  static Manifest ofRows(String table, InputStream stored) throws IOException {
    MessageDigest digest = newDigest();
    long rows = 0;
    try (stored;
        InputStream lines = new DigestInputStream(new GZIPInputStream(stored), digest)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = lines.read(buffer); read >= 0; read = lines.read(buffer)) {
        for (int i = 0; i < read; i++) {
          if (buffer[i] == '\n') {
            rows++;
          }
        }
      }
    }
    return new Manifest(table, rows, hex(digest));
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
