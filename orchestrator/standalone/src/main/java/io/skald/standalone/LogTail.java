package io.skald.standalone;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, for a message. */
final class LogTail {
  private static final int MAX_BYTES = 16_384;

  private LogTail() {}

  /** The last lines, each ended by a line feed; empty when the file can't be read. */
  static String of(Path log, int lines) {
    if (!Files.isReadable(log)) {
      return "";
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - MAX_BYTES);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      List<String> tail = all.subList(Math.max(0, all.size() - lines), all.size());
      return tail.isEmpty() ? "" : String.join("\n", tail) + "\n";
    } catch (IOException e) {
      return "";
    }
  }
}
