package io.skald.orchestrator.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The body of an upload in chunks: a length in hex, perhaps more after a semicolon, and bytes. */
final class AwsChunks {

  private AwsChunks() {}

  static byte[] decode(byte[] sent) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int end = at;
      while (sent[end] != '\r') {
        end++;
      }
      String line = new String(sent, at, end - at, StandardCharsets.US_ASCII);
      int length = Integer.parseInt(line.replaceFirst(";.*", ""), 16);
      if (length == 0) {
        return body.toByteArray();
      }
      body.write(sent, end + 2, length);
      at = end + 2 + length + 2;
    }
  }
}
