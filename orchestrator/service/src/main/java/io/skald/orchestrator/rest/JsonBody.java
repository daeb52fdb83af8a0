package io.skald.orchestrator.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What a body must be before anybody looks at what it says: one JSON value of decent size. */
final class JsonBody {

  static final int MAX_BYTES = 256 * 1024;

  private static final int MAX_DEPTH = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonBody() {}

  /**
   * The body's text.
   *
   * @throws ApiProblem when it is empty, too deep, not UTF-8 or not one JSON value
   */
  static String text(byte[] body) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException notText) {
      throw ApiProblem.invalid("Expected the body to be JSON in UTF-8, but it is not UTF-8");
    }
    if (text.isBlank()) {
      throw ApiProblem.invalid("Expected a body of JSON, but it is empty");
    }
    requireOneValue(text);
    return text;
  }

  /**
   * The body as it came; without one, whatever the headers say of it, nothing. It stops reading
   * where a body is too large, long before the server's own limit, which would answer without a
   * word.
   *
   * @throws ApiProblem when it is too large, or the headers promise something else than JSON
   */
  static byte[] read(HttpHeaders headers, InputStream body) {
    byte[] bytes;
    try {
      bytes = body.readNBytes(MAX_BYTES + 1);
    } catch (IOException cutOff) {
      throw ApiProblem.invalid("Expected to read the body to its end, but it broke off");
    }
    if (bytes.length > MAX_BYTES) {
      throw new ApiProblem(ProblemKind.TOO_LARGE, BodyLimit.DETAIL);
    }
    if (bytes.length > 0) {
      requireJson(headers);
    }
    return bytes;
  }

  /** JSON is UTF-8 and comes as it is; a body without a type is taken for JSON. */
  private static void requireJson(HttpHeaders headers) {
    String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
    String encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    if ((type != null && !isJson(type))
        || (encoding != null && !encoding.equalsIgnoreCase("identity"))) {
      throw new ApiProblem(
          ProblemKind.UNSUPPORTED_MEDIA_TYPE,
          "Expected header Content-Type to be application/json, in UTF-8 and without a content"
              + " encoding, but it is not");
    }
  }

  private static boolean isJson(String header) {
    try {
      MediaType type = MediaType.valueOf(header);
      String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
      return type.getType().equalsIgnoreCase("application")
          && type.getSubtype().equalsIgnoreCase("json")
          && (charset == null || charset.equalsIgnoreCase("utf-8"));
    } catch (IllegalArgumentException garbage) {
      return false;
    }
  }

  static void requireSize(int bytes) {
    if (bytes > MAX_BYTES) {
      throw new ApiProblem(
          ProblemKind.TOO_LARGE,
          "Expected at most " + MAX_BYTES + " bytes of data, but found " + bytes);
    }
  }

  private static void requireOneValue(String text) {
    try (JsonParser json = FACTORY.createParser(text)) {
      json.nextToken();
      json.skipChildren();
      if (json.nextToken() != null) {
        throw ApiProblem.invalid("Expected one JSON value, but something follows it");
      }
    } catch (StreamConstraintsException beyond) {
      throw ApiProblem.invalid(
          "Expected JSON nested at most "
              + MAX_DEPTH
              + " deep, without numbers or names of absurd length, but found worse");
    } catch (JsonProcessingException broken) {
      throw ApiProblem.invalid("Expected the body to be JSON, but it breaks " + at(broken));
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to read from memory", e);
    }
  }

  private static String at(JsonProcessingException broken) {
    JsonLocation location = broken.getLocation();
    return location == null
        ? "somewhere"
        : "at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
