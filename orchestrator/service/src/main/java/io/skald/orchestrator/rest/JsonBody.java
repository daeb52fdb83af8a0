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
   * @throws ApiProblem when it is empty, too large, too deep, not UTF-8 or not one JSON value
   */
  static String text(byte[] body) {
    requireSize(body.length);
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
   * What the media type does not say by itself: JSON is UTF-8 and comes as it is.
   *
   * @throws ApiProblem when the headers promise something else
   */
  static void requireJson(HttpHeaders headers) {
    MediaType type = headers.getMediaType();
    String charset = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
    String encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    if ((charset != null && !charset.equalsIgnoreCase("utf-8"))
        || (encoding != null && !encoding.equalsIgnoreCase("identity"))) {
      throw new ApiProblem(
          ProblemKind.UNSUPPORTED_MEDIA_TYPE,
          "Expected JSON in UTF-8 without a content encoding, but found charset "
              + charset
              + " and encoding "
              + encoding);
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
