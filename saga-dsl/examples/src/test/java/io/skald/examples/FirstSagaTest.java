package io.skald.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/first-saga.md shows the files of the project that is built and run in
 * participants/first-saga: all of them, to the last letter. With {@code -Dfirst-saga=renew} they
 * are written there anew.
 */
class FirstSagaTest {

  private static final String PAGE = "first-saga.md";
  private static final Path PROJECT =
      Docs.file(PAGE).resolveSibling("../participants/first-saga/src/it/trips").normalize();
  private static final Pattern SHOWN =
      Pattern.compile("(\\*\\*`([^`]+)`\\*\\*\n\n```\\w+\n)(.*?)```\n", Pattern.DOTALL);

  @Test
  void shouldShowTheProjectThatIsBuilt_whenThePageIsRead() throws IOException {
    // given
    Map<String, String> files = files();
    if ("renew".equals(System.getProperty("first-saga"))) {
      renew(files);
    }
    // then
    Map<String, String> shown = new TreeMap<>();
    SHOWN.matcher(Docs.text(PAGE)).results().forEach(m -> shown.put(m.group(2), m.group(3)));
    assertThat(shown).isEqualTo(files);
  }

  private static void renew(Map<String, String> files) throws IOException {
    String page = SHOWN.matcher(Docs.text(PAGE)).replaceAll(shown -> renewed(shown, files));
    Files.writeString(Docs.file(PAGE), page);
  }

  private static String renewed(MatchResult shown, Map<String, String> files) {
    String file = files.getOrDefault(shown.group(2), "");
    return Matcher.quoteReplacement(shown.group(1) + file + "```\n");
  }

  private static Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(PROJECT)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(PROJECT.relativize(file).toString().replace('\\', '/'), Files.readString(file));
      }
    }
    return files;
  }
}
