package io.skald.testkit.junit;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.skald.testkit.CaseResult;
import io.skald.testkit.FailureCase;
import io.skald.testkit.FailureMatrix;
import io.skald.testkit.MatrixReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;

/**
 * A {@link FailureMatrix} as dynamic tests, one for each case:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicNode> shouldKeepTheLaws_whateverFails() {
 *   return FailureMatrixTests.of(FailureMatrix.of(definition));
 * }
 * }</pre>
 *
 * <p>A pair of faults of which one alone broke a law is aborted, for it would only say the same
 * again. The last case prints the coverage table, whether the cases passed or not; nothing is
 * printed when only some of them are run.
 */
public final class FailureMatrixTests {

  private FailureMatrixTests() {}

  /** The tests; the coverage table goes to standard output. */
  public static Stream<DynamicNode> of(FailureMatrix<?> matrix) {
    return of(matrix, System.out::println);
  }

  /**
   * The tests.
   *
   * @param coverage takes the coverage table when all have run, once
   */
  public static Stream<DynamicNode> of(FailureMatrix<?> matrix, Consumer<String> coverage) {
    MatrixReport report = matrix.report();
    AtomicBoolean printed = new AtomicBoolean();
    Runnable print =
        () -> {
          if (report.isComplete() && printed.compareAndSet(false, true)) {
            coverage.accept(report.coverage());
          }
        };
    Map<String, List<DynamicNode>> groups =
        report.cases().stream()
            .collect(
                Collectors.groupingBy(
                    FailureMatrixTests::group,
                    LinkedHashMap::new,
                    Collectors.mapping(
                        failureCase -> test(matrix, failureCase, report, print),
                        Collectors.toList())));
    return groups.entrySet().stream()
        .map(group -> dynamicContainer(group.getKey(), group.getValue()));
  }

  private static DynamicNode test(
      FailureMatrix<?> matrix, FailureCase failureCase, MatrixReport report, Runnable print) {
    return dynamicTest(
        failureCase.toString(),
        () -> {
          CaseResult result = matrix.run(failureCase, report);
          print.run();
          Assumptions.assumeFalse(result.skipped(), "a part of it has broken a law already");
          result.expectLawful();
        });
  }

  private static String group(FailureCase failureCase) {
    return switch (failureCase.strikes().size()) {
      case 0 -> "nothing fails";
      case 1 -> "one fault";
      default -> "two faults, the first: " + failureCase.strikes().iterator().next();
    };
  }
}
