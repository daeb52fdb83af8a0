package io.skald.orchestrator.rest;

import io.skald.orchestrator.testing.AnyInput;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A request that somebody may send: at an address of the API or beside it, with headers, parameters
 * and a body of any kind.
 */
record AnyRequest(String method, String target, List<String> headers, byte[] body) {

  private static final List<String> HEADERS =
      List.of(
          "Content-Type",
          "Accept",
          "Accept-Charset",
          "Accept-Encoding",
          "Accept-Language",
          "Content-Encoding",
          "Prefer",
          "Idempotency-Key",
          "If-Match",
          "Range",
          "Origin",
          "Cookie",
          "Authorization",
          "Forwarded",
          "X-Forwarded-For",
          "X-HTTP-Method-Override",
          "traceparent");

  private static final List<String> WORDS =
      List.of(
          "application/json",
          "application/json;charset=latin1",
          "text/plain",
          "multipart/form-data",
          "*/*",
          "application/*;q=",
          "gzip",
          "wait=1",
          "wait=",
          "bytes=0-",
          "DELETE",
          "{\"x\":1}",
          "K-1");

  private static final List<String> GOOD =
      List.of(
          Calls.BODY,
          Orders.DATA,
          "{\"reason\":\"because\",\"actor\":\"maria\"}",
          "{\"reason\":\"because\",\"phase\":\"action\",\"reply\":{\"orderId\":\"ORD-1\"}}",
          "{}");

  private static final List<String> MEMBERS =
      List.of("orderId", "quantity", "total", "express", "reason", "actor", "phase", "reply", "by");

  /**
   * @param saga the id of a saga that is there
   */
  static Arbitrary<AnyRequest> requests(String saga) {
    return Combinators.combine(anyMethods(), anyTargets(saga), anyHeaders(), anyBodies())
        .as(AnyRequest::new);
  }

  /**
   * Whether HTTP allows it, by its letters and by its length. What it does not allow is refused by
   * the server itself, which says the status and no more.
   */
  boolean isHttp() {
    int length = headers.stream().mapToInt(String::length).sum();
    return Calls.isUri(target)
        && target.length() < 4_000
        && length < 8_000
        && headers.stream().allMatch(header -> header.chars().allMatch(c -> c >= ' ' && c < 127));
  }

  /** With what goes on and on cut short. */
  @Override
  public String toString() {
    String all =
        method + " " + target + " " + headers + " " + new String(body, StandardCharsets.UTF_8);
    return all.replaceAll("(.)\\1{100,}", "$1…");
  }

  private static Arbitrary<String> anyMethods() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.just("POST")),
        Tuple.of(3, Arbitraries.just("GET")),
        Tuple.of(1, Arbitraries.of("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")));
  }

  private static Arbitrary<String> anyTargets(String saga) {
    Arbitrary<String> segment = AnyInput.texts().map(AnyRequest::escaped);
    Arbitrary<String> id =
        Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(saga)), Tuple.of(1, segment));
    Arbitrary<String> verb =
        Arbitraries.oneOf(
            Arbitraries.of(
                "/cancel",
                "/resume",
                "/retry",
                "/abort",
                "/cancel/preview",
                "/abort/preview",
                "/diagram",
                "/steps/payment/skip",
                "/steps/payment/skip/preview",
                "/signals/approval"),
            segment.map(name -> "/signals/" + name),
            segment.map(name -> "/steps/" + name + "/skip"),
            segment.map(name -> "/steps/pack/" + name + "/skip/preview"),
            segment.map(name -> "/" + name + "/preview"));
    Arbitrary<String> path =
        Arbitraries.oneOf(
            Arbitraries.just(Calls.SAGAS + "/order"),
            Arbitraries.just(Calls.SAGAS),
            segment.map(name -> Calls.SAGAS + "/" + name),
            Combinators.combine(id, verb).as((s, v) -> Calls.SAGAS + "/" + s + v),
            id.map(s -> Calls.SAGAS + "/" + s + "/journal"),
            segment.map(name -> "/api/v1/definitions/" + name),
            segment.map(version -> "/api/v1/definitions/order/" + version),
            segment.map(rest -> "/api/" + rest));
    return Combinators.combine(path, query()).as(String::concat);
  }

  private static Arbitrary<String> query() {
    Arbitrary<String> name =
        Arbitraries.oneOf(
            Arbitraries.of(
                "status", "definition", "key", "from", "to", "limit", "cursor", "after", "format"),
            AnyInput.texts().map(AnyRequest::escaped));
    Arbitrary<String> value =
        Arbitraries.oneOf(
            Arbitraries.of("RUNNING", "order", "2026-01-31T12:00:00Z", "7", "json", "%ff", "%"),
            AnyInput.texts().map(AnyRequest::escaped));
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.just("")),
        Tuple.of(
            1,
            Combinators.combine(name, value)
                .as((n, v) -> n + "=" + v)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(all -> "?" + String.join("&", all))));
  }

  private static Arbitrary<List<String>> anyHeaders() {
    Arbitrary<String> value =
        Arbitraries.oneOf(
            Arbitraries.of(WORDS), AnyInput.texts().map(text -> text.replaceAll("[\r\n]", "")));
    return Combinators.combine(Arbitraries.of(HEADERS), value)
        .as((name, text) -> name + ": " + text)
        .list()
        .ofMaxSize(3);
  }

  private static Arbitrary<byte[]> anyBodies() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.just(new byte[0])), Tuple.of(9, AnyInput.payloads(GOOD, MEMBERS)));
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
