package io.skald.testkit.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A class of tests that was run inside of a test, and what came of them. */
final class Launched implements TestExecutionListener {

  private static final String PARAMETER = "skald.launched";

  /** On tests that mean to fail: they run when they are launched, and never by themselves. */
  static final class Only implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getConfigurationParameter(PARAMETER).isPresent()
          ? ConditionEvaluationResult.enabled("launched by a test")
          : ConditionEvaluationResult.disabled("only run inside of a test");
    }
  }

  private final Map<String, TestExecutionResult> results = new LinkedHashMap<>();

  private Launched() {}

  static Launched of(Class<?> tests) {
    Launched launched = new Launched();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .configurationParameter(PARAMETER, "true")
                .build(),
            launched);
    return launched;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      results.put(test.getDisplayName().replaceAll("\\(.*", ""), result);
    }
  }

  TestExecutionResult resultOf(String test) {
    return Objects.requireNonNull(results.get(test), test);
  }

  /** The names of the tests that ended like this, in order. */
  List<String> withStatus(TestExecutionResult.Status status) {
    return results.entrySet().stream()
        .filter(e -> e.getValue().getStatus() == status)
        .map(Map.Entry::getKey)
        .toList();
  }
}
