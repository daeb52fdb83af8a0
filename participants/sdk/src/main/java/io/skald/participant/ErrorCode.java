package io.skald.participant;

import java.util.Objects;
import java.util.regex.Pattern;

/** The codes that go out in a header with a refusal or a failure. */
final class ErrorCode {

  private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");

  private ErrorCode() {}

  static String checked(String code) {
    Objects.requireNonNull(code, "code");
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException(
          "Expected an error code of letters, digits, '.', '_' and '-', at most 64 long, but found '"
              + code
              + "'");
    }
    return code;
  }
}
