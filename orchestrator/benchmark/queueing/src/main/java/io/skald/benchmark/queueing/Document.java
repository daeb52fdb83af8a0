package io.skald.benchmark.queueing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page with tables that a program writes: each stands between {@code <!-- table: NAME -->} and
 * {@code <!-- end -->}.
 */
final class Document {

  private Document() {}

  /** The page with that table in its place. */
  static String with(String page, String name, Table table) {
    Matcher place = place(name).matcher(page);
    if (!place.find()) {
      throw new IllegalArgumentException("Expected a place for table '" + name + "' in the page");
    }
    return page.substring(0, place.start(1)) + "\n" + table + "\n" + page.substring(place.end(1));
  }

  private static Pattern place(String name) {
    return Pattern.compile(
        "<!-- table: " + Pattern.quote(name) + " -->\n(.*?)<!-- end -->", Pattern.DOTALL);
  }
}
