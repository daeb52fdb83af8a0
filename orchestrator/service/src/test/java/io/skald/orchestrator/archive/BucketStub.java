package io.skald.orchestrator.archive;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.skald.orchestrator.config.SkaldConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** As much of S3's protocol as an archive needs: put, get and list, of signed requests only. */
final class BucketStub implements AutoCloseable {

  private final SortedMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final HttpServer server;

  private BucketStub(HttpServer server) {
    this.server = server;
  }

  static BucketStub start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    BucketStub stub = new BucketStub(server);
    server.createContext("/", stub::answer);
    server.start();
    return stub;
  }

  Set<String> names() {
    return objects.keySet();
  }

  SkaldConfig.S3 config() {
    String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
    return new SkaldConfig.S3() {
      @Override
      public Optional<String> bucket() {
        return Optional.of("sagas");
      }

      @Override
      public Optional<String> endpoint() {
        return Optional.of(endpoint);
      }

      @Override
      public String region() {
        return "us-east-1";
      }

      @Override
      public Optional<String> prefix() {
        return Optional.of("skald");
      }

      @Override
      public Optional<String> accessKey() {
        return Optional.of("key");
      }

      @Override
      public Optional<String> secretKey() {
        return Optional.of("secret");
      }
    };
  }

  private void answer(HttpExchange call) throws IOException {
    try (call) {
      String authorization = call.getRequestHeaders().getFirst("Authorization");
      String path = call.getRequestURI().getPath();
      if (authorization == null || !authorization.startsWith("AWS4-HMAC-SHA256 Credential=key/")) {
        send(
            call, 403, "<Error><Code>AccessDenied</Code></Error>".getBytes(StandardCharsets.UTF_8));
      } else if (call.getRequestMethod().equals("PUT")) {
        objects.put(path, body(call));
        send(call, 200, new byte[0]);
      } else if (String.valueOf(call.getRequestURI().getQuery()).contains("list-type=2")) {
        send(call, 200, list(path).getBytes(StandardCharsets.UTF_8));
      } else if (objects.containsKey(path)) {
        send(call, 200, objects.get(path));
      } else {
        send(call, 404, "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_8));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The SDK sends a body in chunks, each with its length, when it adds a checksum behind it. */
  private static byte[] body(HttpExchange call) throws IOException {
    byte[] sent = call.getRequestBody().readAllBytes();
    String encoding = call.getRequestHeaders().getFirst("Content-Encoding");
    return encoding != null && encoding.contains("aws-chunked") ? AwsChunks.decode(sent) : sent;
  }

  private String list(String bucket) {
    StringBuilder xml = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated>");
    String prefix = bucket.endsWith("/") ? bucket : bucket + "/";
    for (String name : objects.keySet()) {
      xml.append("<Contents><Key>").append(name.substring(prefix.length()));
      xml.append("</Key></Contents>");
    }
    return xml.append("</ListBucketResult>").toString();
  }

  private static void send(HttpExchange call, int status, byte[] body) throws IOException {
    call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      call.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
