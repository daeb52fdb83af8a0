package io.skald.orchestrator.rest;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What RFC 7240 lets a caller prefer, as far as it is known here: to wait. */
final class Preference {

  private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?(\\d{1,9})\"?");

  private Preference() {}

  /**
   * How long the answer may be held; empty when the caller does not wish it to be. As the RFC
   * wants, the first of several counts, and what is not understood is passed over.
   *
   * @param atMost a longer wish is cut to this
   */
  static Optional<Duration> wait(List<String> headers, Duration atMost) {
    for (String header : headers) {
      for (String preference : header.split(",", -1)) {
        String wish = preference.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        Matcher matcher = WAIT.matcher(wish);
        if (matcher.matches()) {
          Duration wait = Duration.ofSeconds(Long.parseLong(matcher.group(1)));
          return Optional.of(wait.compareTo(atMost) > 0 ? atMost : wait);
        }
      }
    }
    return Optional.empty();
  }
}
