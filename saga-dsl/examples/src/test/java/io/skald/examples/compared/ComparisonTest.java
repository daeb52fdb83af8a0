package io.skald.examples.compared;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.examples.Docs;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every link to code in docs/comparison.md leads to a method that there is. */
class ComparisonTest {

  private static final String PAGE = "comparison.md";
  private static final Pattern CODE =
      Pattern.compile("\\((\\.\\./saga-dsl/[^)#]*/java/([^)#]+)\\.java)#([^)]+)\\)");

  @TestFactory
  Stream<DynamicTest> shouldLeadToCode() {
    return links(Docs.text(PAGE))
        .map(
            link ->
                DynamicTest.dynamicTest(
                    link.group(2) + "#" + link.group(3), () -> leadsToCode(link)));
  }

  @Test
  void shouldHaveCode_inEachRow() {
    List<String> rows =
        Docs.text(PAGE)
            .lines()
            .filter(line -> line.startsWith("| "))
            .filter(line -> !line.startsWith("| |") && !line.startsWith("| ---"))
            .toList();
    assertThat(rows).hasSizeGreaterThan(30).allMatch(row -> links(row).findAny().isPresent());
  }

  private static void leadsToCode(MatchResult link) throws ClassNotFoundException {
    assertThat(Files.exists(Docs.file(PAGE).resolveSibling(link.group(1)))).isTrue();
    Class<?> type = Class.forName(link.group(2).replace('/', '.'));
    assertThat(Arrays.stream(type.getDeclaredMethods()).map(Method::getName))
        .contains(link.group(3));
  }

  private static Stream<MatchResult> links(String text) {
    return CODE.matcher(text).results();
  }
}
