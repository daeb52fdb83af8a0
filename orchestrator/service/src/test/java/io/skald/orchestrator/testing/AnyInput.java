package io.skald.orchestrator.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * What may come from outside: texts, JSON and bytes, from the well-behaved to the absurd, with a
 * liking for the places where parsers break: limits, encodings, numbers, nesting.
 */
public final class AnyInput {

  private static final int LIMIT_BYTES = 256 * 1024;
  private static final int LIMIT_DEPTH = 64;

  private static final List<String> ODD_TEXTS =
      List.of(
          "",
          " ",
          "null",
          "-1",
          "0",
          "2147483648",
          "1e3",
          "NaN",
          "\0",
          "\r\n",
          "a\tb",
          "ä😀",
          "\ud83d",
          "\ufffd",
          "\uffff",
          "%00",
          "../../etc/passwd",
          "' or 1=1 --",
          "<script>alert(1)</script>",
          "${jndi:ldap://x}",
          "00000000-0000-0000-0000-000000000000",
          "00000000-0000-0000-0000-00000000000g",
          "{}");

  private static final List<String> ODD_NUMBERS =
      List.of(
          "-0",
          "-0.0",
          "00",
          "1.",
          ".5",
          "+1",
          "0x10",
          "NaN",
          "-Infinity",
          "1e400",
          "1e-400",
          "1e999999999",
          "-1e-999999999",
          "1e2147483648",
          "1e-99999999999",
          "9223372036854775808",
          "9".repeat(1_000),
          "9".repeat(1_001),
          "0." + "1".repeat(999));

  private static final List<String> ODD_SCALARS =
      List.of(
          "null",
          "true",
          "nul",
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud83d\"",
          "\"\\ude00\\ud83d\"",
          "\"\\x\"",
          "\"\\u12\"",
          "\"tab\there\"",
          "'single'",
          "\"open",
          "/* comment */ 1",
          "[1,]",
          "{,}",
          "{\"a\":1,\"a\":2}",
          "{\"__proto__\":{}}",
          "{\"@class\":\"java.lang.Runtime\"}");

  private AnyInput() {}

  /** Texts for headers, keys, paths and queries. */
  public static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(ODD_TEXTS),
        Arbitraries.strings().ofMaxLength(40),
        Arbitraries.strings().ascii().ofMaxLength(80),
        Arbitraries.of(199, 200, 201, 1_024, 1_025, 2_001, 33_000).map("x"::repeat));
  }

  /**
   * JSON, and what is nearly JSON.
   *
   * @param members names that mean something to whoever reads it
   */
  public static Arbitrary<String> json(List<String> members) {
    Arbitrary<String> name =
        Arbitraries.oneOf(Arbitraries.of(members), Arbitraries.of("x", "\\u0000"));
    return Arbitraries.recursive(
        AnyInput::scalars, inner -> Arbitraries.oneOf(array(inner), object(name, inner)), 0, 4);
  }

  /**
   * The value of a record, the body of a request.
   *
   * @param good texts that are as they should be, to be spoilt a little
   * @param members see {@link #json}
   */
  public static Arbitrary<byte[]> payloads(List<String> good, List<String> members) {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.of(good).map(AnyInput::utf8)),
        Tuple.of(4, spoilt(good)),
        Tuple.of(4, json(members).map(AnyInput::utf8)),
        Tuple.of(2, Arbitraries.bytes().array(byte[].class).ofMaxSize(100)),
        Tuple.of(1, Arbitraries.integers().between(1, LIMIT_DEPTH + 2).map(AnyInput::deep)),
        Tuple.of(1, Arbitraries.of(1_000, 60_000).map(AnyInput::deep)),
        Tuple.of(1, Arbitraries.integers().between(-30, 30).map(n -> large(LIMIT_BYTES + n))));
  }

  private static Arbitrary<String> scalars() {
    return Arbitraries.oneOf(
        Arbitraries.of(ODD_SCALARS),
        Arbitraries.of(ODD_NUMBERS),
        Arbitraries.longs().map(String::valueOf),
        Arbitraries.bigDecimals().ofScale(12).map(String::valueOf),
        texts().map(AnyInput::quoted));
  }

  private static Arbitrary<String> array(Arbitrary<String> elements) {
    return elements.list().ofMaxSize(4).map(all -> "[" + String.join(",", all) + "]");
  }

  private static Arbitrary<String> object(Arbitrary<String> names, Arbitrary<String> values) {
    return Combinators.combine(names, values)
        .as((name, value) -> "\"" + name + "\":" + value)
        .list()
        .ofMaxSize(5)
        .map(all -> "{" + String.join(",", all) + "}");
  }

  private static Arbitrary<byte[]> spoilt(List<String> good) {
    Arbitrary<Map.Entry<Integer, Byte>> change =
        Combinators.combine(Arbitraries.integers().between(0, 1_000), Arbitraries.bytes())
            .as(Map::entry);
    return Combinators.combine(
            Arbitraries.of(good),
            change.list().ofMaxSize(4),
            Arbitraries.integers().between(0, 1_000).injectNull(0.5).optional())
        .as(
            (text, changes, length) -> {
              byte[] bytes = utf8(text);
              changes.forEach(c -> bytes[c.getKey() % bytes.length] = c.getValue());
              return length.map(l -> Arrays.copyOf(bytes, l % bytes.length)).orElse(bytes);
            });
  }

  private static byte[] deep(int levels) {
    return utf8("{\"x\":" + "[".repeat(levels) + "]".repeat(levels) + "}");
  }

  private static byte[] large(int bytes) {
    String frame = "{\"x\":\"\"}";
    return utf8("{\"x\":\"" + "y".repeat(bytes - frame.length()) + "\"}");
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
