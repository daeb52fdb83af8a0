package io.skald.orchestrator.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * HTTP/1.1 by hand, for what no well-behaved client sends. Each call is a connection of its own and
 * gives the whole answer as text.
 */
record RawHttp(URL server) {

  String send(String line, List<String> headers, String body) throws IOException {
    return send(line, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  String send(String line, List<String> headers, byte[] body) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      byte[] bytes = body;
      StringBuilder request = new StringBuilder(line).append(" HTTP/1.1\r\nHost: localhost\r\n");
      headers.forEach(header -> request.append(header).append("\r\n"));
      if (!line.startsWith("GET") && !line.startsWith("HEAD")) {
        request.append("Content-Length: ").append(bytes.length).append("\r\n");
      } else {
        bytes = new byte[0];
      }
      request.append("Connection: close\r\n\r\n");
      OutputStream out = socket.getOutputStream();
      try {
        out.write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(bytes);
      } catch (IOException closed) {
        // The answer may have come before the end of the question.
      }
      return answer(socket);
    }
  }

  /** Says how long the body will be, and waits for the answer before it sends any of it. */
  String announce(String path, int bytes) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST "
                  + path
                  + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Content-Length: "
                  + bytes
                  + "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      return answer(socket);
    }
  }

  String sendInChunks(String path, int bytes) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST "
                  + path
                  + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      byte[] chunk = new byte[10_000];
      Arrays.fill(chunk, (byte) ' ');
      try {
        for (int sent = 0; sent < bytes; sent += chunk.length) {
          out.write(
              (Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
          out.write(chunk);
          out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException closed) {
        // The answer may have come before the end of the question.
      }
      return answer(socket);
    }
  }

  private static String answer(Socket socket) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(read);
    } catch (SocketException reset) {
      // What came before counts.
    }
    return read.toString(StandardCharsets.UTF_8);
  }
}
