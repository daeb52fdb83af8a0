package io.skald.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.saga.message.Outcome;
import java.io.IOException;

/**
 * What the trivial participants answer: what a command asks for has been done, unless it says in
 * its payload that it is to fail at first or can't be done. Nothing is kept between commands.
 */
final class TrivialAnswers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REFUSED_COUNTRY = "AQ";

  private TrivialAnswers() {}

  /**
   * @param type the reply's
   * @param payload its JSON; of one that is not a success its code and message too
   */
  record Answer(Outcome outcome, String type, String payload, String code, String message) {}

  /**
   * @param type the command's
   * @param attempt from 1
   * @param id of the order, which ids of payments and the like are made of
   * @throws IOException when the payload is not JSON
   * @throws IllegalArgumentException for a command that nobody here knows
   */
  static Answer to(String type, int attempt, String id, byte[] payload) throws IOException {
    return switch (type) {
      case "ProcessPayment" -> action(type, attempt, payload, "PaymentProcessed", "paymentId", id);
      case "ReserveInventory" ->
          action(type, attempt, payload, "InventoryReserved", "reservationId", id);
      case "ScheduleShipping" ->
          action(type, attempt, payload, "ShippingScheduled", "trackingId", id);
      case "RefundPayment" -> done("PaymentRefunded", "refundId", id);
      case "ReleaseInventory" -> done("InventoryReleased", "releaseId", id);
      default -> throw new IllegalArgumentException("Expected a command of the bench: " + type);
    };
  }

  private static Answer action(
      String type, int attempt, byte[] payload, String reply, String field, String id)
      throws IOException {
    JsonNode command = JSON.readTree(payload);
    if (attempt == 1 && command.path("failsFirst").asBoolean()) {
      return failure(Outcome.FAILED, type + "Failed", "BUSY", "Nobody has time just now");
    }
    if (command.path("country").asText().equals(REFUSED_COUNTRY)) {
      return failure(
          Outcome.REJECTED, type + "Rejected", "NO_CARRIER", "No carrier goes to that country");
    }
    return done(reply, field, id);
  }

  private static Answer done(String reply, String field, String id) {
    return new Answer(
        Outcome.SUCCEEDED,
        reply,
        "{\"" + field + "\":\"" + field.substring(0, 3) + "-" + id + "\"}",
        "",
        "");
  }

  private static Answer failure(Outcome outcome, String type, String code, String message) {
    return new Answer(
        outcome,
        type,
        "{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}",
        code,
        message);
  }
}
