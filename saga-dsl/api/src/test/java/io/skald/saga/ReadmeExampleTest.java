package io.skald.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows first is what people copy first. */
class ReadmeExampleTest {

  private static final Path README = Path.of("../../README.md");

  private static final String WORLD =
      """
      import static java.time.Duration.*;
      import io.skald.saga.*;
      import io.skald.saga.message.*;
      import java.math.BigDecimal;
      import java.util.List;
      class Readme {
        static final Topic ORDER_EVENTS = Topic.of("order-events");
        static final Participant PAYMENT = Participant.named("payment");
        static final Participant INVENTORY = Participant.named("inventory");
        static final Participant SHIPPING = Participant.named("shipping");
        static final Participant ORDER = Participant.named("order");
        record OrderCreated(String orderId) {}
        record ProcessPayment(String id, String userId, BigDecimal total)
            implements Command<PaymentProcessed> {}
        record PaymentProcessed(String paymentId) {}
        record RefundPayment(String id, String paymentId) implements Command<Done> {}
        record VoidPayment(String id) implements Command<Done> {}
        record ReserveInventory(String id, List<String> items)
            implements Command<InventoryReserved> {}
        record InventoryReserved(String reservationId) {}
        record ReleaseInventory(String id) implements Command<Done> {}
        record ScheduleShipping(String id, String country) implements Command<ShippingScheduled> {}
        record ShippingScheduled(String trackingId) {}
        record CompleteOrder(String id, String trackingId) implements Command<Done> {}
        record Done() {}
        record Order(
            String id, String userId, BigDecimal total, List<String> items, String country,
            String trackingId) {
          static Order from(OrderCreated created) { throw new AssertionError(); }
          Order paid(PaymentProcessed reply) { return this; }
          Order reserved(InventoryReserved reply) { return this; }
          Order scheduled(ShippingScheduled reply) { return this; }
        }
        SagaDefinition<Order> order() {
          return
      """;

  @Test
  void shouldCompile_whenCopiedFromTheReadme(@TempDir Path classes) throws IOException {
    String example = firstJavaBlock(Files.readString(README));

    assertThat(errors(WORLD + example + "}}", classes)).isEmpty();
    // The harness itself must be able to refuse.
    assertThat(errors(WORLD + example.replace("Order::paid", "Order::reserved") + "}}", classes))
        .isNotEmpty();
  }

  private static String firstJavaBlock(String readme) {
    int begin = readme.indexOf("```java\n") + "```java\n".length();
    return readme.substring(begin, readme.indexOf("```", begin));
  }

  private static List<? extends Diagnostic<?>> errors(String source, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Readme.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options =
        List.of("-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
    compiler.getTask(null, null, diagnostics, options, null, List.of(file)).call();
    return diagnostics.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .toList();
  }
}
