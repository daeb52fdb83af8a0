package io.skald.testkit.junit;

import io.skald.saga.SagaDefinition;
import io.skald.testkit.SagaTest;
import java.io.Serial;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Gives each test a {@link SagaTest} of its own as a parameter, and tells the saga's story when the
 * test fails, whatever failed it.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SagaExtension<Order> SAGA = SagaExtension.of(OrderSaga.definition());
 *
 * @Test
 * void shouldRefund_whenShippingRefuses(SagaTest<Order> saga) { … }
 * }</pre>
 *
 * <p>A test and its {@code @BeforeEach} and {@code @AfterEach} methods get the same saga. The story
 * comes with the failure as a suppressed exception, so that the failure itself stays what it was.
 * Two extensions in one class must be of definitions with different data.
 *
 * @param <D> the saga's data
 */
public final class SagaExtension<D>
    implements ParameterResolver,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {

  private final Class<D> dataType;
  private final Supplier<SagaTest<D>> saga;

  private SagaExtension(Class<D> dataType, Supplier<SagaTest<D>> saga) {
    this.dataType = dataType;
    this.saga = saga;
  }

  /** Sagas of this definition, not started yet. */
  public static <D> SagaExtension<D> of(SagaDefinition<D> definition) {
    return new SagaExtension<>(definition.dataType(), () -> SagaTest.of(definition));
  }

  /** Sagas of this definition that are started with this data. */
  public static <D> SagaExtension<D> started(SagaDefinition<D> definition, D data) {
    return new SagaExtension<>(definition.dataType(), () -> SagaTest.of(definition).start(data));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Type type = parameter.getParameter().getParameterizedType();
    return parameter.getDeclaringExecutable() instanceof Method
        && context.getTestMethod().isPresent()
        && type instanceof ParameterizedType generic
        && generic.getRawType() == SagaTest.class
        && generic.getActualTypeArguments()[0].equals(dataType);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return store(context).computeIfAbsent(this, key -> saga.get());
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withStory(context, failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withStory(context, failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withStory(context, failure);
  }

  private Throwable withStory(ExtensionContext context, Throwable failure) {
    Optional<SagaTest<?>> told = Optional.ofNullable(store(context).get(this, SagaTest.class));
    if (!(failure instanceof TestAbortedException)) {
      told.map(SagaTest::story)
          .filter(story -> !String.valueOf(failure.getMessage()).contains(story))
          .ifPresent(story -> failure.addSuppressed(new SagaStory(story)));
    }
    return failure;
  }

  private ExtensionContext.Store store(ExtensionContext context) {
    return context.getStore(Namespace.create(SagaExtension.class));
  }

  /** Not a failure of its own: it tells what led to the one that it comes with. */
  private static final class SagaStory extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    SagaStory(String story) {
      super("The saga's story so far:\n" + story, null, false, false);
    }
  }
}
