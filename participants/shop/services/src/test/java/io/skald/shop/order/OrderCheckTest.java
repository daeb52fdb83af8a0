package io.skald.shop.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skald.shop.messages.OrderCreated;
import io.skald.shop.messages.OrderItem;
import io.skald.shop.web.Problem;
import jakarta.ws.rs.WebApplicationException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderCheckTest {

  private static final String GOOD =
      """
      {"userId":"USR-123","items":[{"productId":"PROD-456","quantity":2}],"totalAmount":99.9}""";

  @Test
  void shouldMakeAnOrder_whenAllIsWell() {
    assertThat(check(GOOD))
        .isEqualTo(
            new OrderCreated(
                "ORD-1",
                "USR-123",
                List.of(new OrderItem("PROD-456", 2)),
                new BigDecimal("99.90"),
                "DE"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "userId":"USR-123"        | "userId":" "                | userId
          "userId":"USR-123"        | "userId":null               | userId
          "userId":"USR-123"        | "userId":"a\\u0000b"        | userId
          "userId":"USR-123"        | "userId":17                 | userId
          "quantity":2              | "quantity":0                | items[0].quantity
          "quantity":2              | "quantity":-1               | items[0].quantity
          "quantity":2              | "quantity":1.5              | items[0].quantity
          "quantity":2              | "quantity":99999999999      | items[0].quantity
          "quantity":2              | "quantity":"2"              | items[0].quantity
          "quantity":2              | "amount":2                  | items[0].amount
          "productId":"PROD-456"    | "productId":""              | items[0].productId
          {"productId":"PROD-456","quantity":2} | null            | items[0]
          {"productId":"PROD-456","quantity":2} | ``              | items
          "totalAmount":99.9        | "totalAmount":0             | totalAmount
          "totalAmount":99.9        | "totalAmount":-5            | totalAmount
          "totalAmount":99.9        | "totalAmount":1.001         | totalAmount
          "totalAmount":99.9        | "totalAmount":1e999999999   | totalAmount
          "totalAmount":99.9        | "totalAmount":1e-999999999  | totalAmount
          "totalAmount":99.9        | "totalAmount":"99.9"        | totalAmount
          "totalAmount":99.9        | "total":99.9                | total
          "totalAmount":99.9        | "totalAmount":9,"country":"Germany" | country
          "totalAmount":99.9        | "totalAmount":9,"country":"XX"      | country
          """)
  void shouldNameTheField_whenItIsWrong(String part, String wrong, String field) {
    assertThat(problem(GOOD.replace(part, wrong)).errors())
        .extracting(Problem.FieldError::field)
        .containsExactly(field);
  }

  @Test
  void shouldNameAllFields_whenSeveralAreWrong() {
    assertThat(problem("{}").errors())
        .extracting(Problem.FieldError::field)
        .containsExactly("userId", "items", "totalAmount");
  }

  @Test
  void shouldRefuse_whenThereAreTooManyItems() {
    String items =
        IntStream.rangeClosed(0, OrderCheck.MAX_ITEMS)
            .mapToObj(i -> "{\"productId\":\"P-" + i + "\",\"quantity\":1}")
            .collect(Collectors.joining(","));
    Problem problem = problem(GOOD.replace("{\"productId\":\"PROD-456\",\"quantity\":2}", items));
    assertThat(problem.errors()).extracting(Problem.FieldError::field).containsExactly("items");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"``", "null", "[]", "17", "{", "{}{}", "x"})
  void shouldRefuse_whenTheBodyIsNoOrder(String body) {
    assertThat(problem(body).status()).isEqualTo(400);
  }

  private static OrderCreated check(String json) {
    return OrderCheck.checked("ORD-1", OrderJson.request(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Problem problem(String json) {
    WebApplicationException refusal =
        catchThrowableOfType(WebApplicationException.class, () -> check(json));
    return (Problem) Objects.requireNonNull(refusal.getResponse().getEntity());
  }
}
