package io.skald.shop.scenarios;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the stack with the first class that wants it and stops it after the last. What must hold
 * after every scenario is checked here.
 */
final class ScenarioExtension implements BeforeAllCallback, AfterEachCallback, ParameterResolver {

  @Override
  public void beforeAll(ExtensionContext context) {
    Temper temper = context.getRequiredTestClass().getAnnotation(Scenarios.class).value();
    shop(context).beServedBy(temper);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Shop shop = shop(context);
    shop.revive();
    shop.heal();
    // A failure of its own is the better story.
    if (context.getExecutionException().isEmpty()) {
      new Invariants(shop).check();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Shop.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return shop(context);
  }

  /** The store of the root is closed when all tests have run, and closes the shop. */
  private static Shop shop(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .computeIfAbsent(Shop.class, type -> Shop.open(), Shop.class);
  }
}
