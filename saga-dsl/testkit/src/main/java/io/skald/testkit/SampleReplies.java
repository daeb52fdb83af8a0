package io.skald.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.UnreadablePayloadException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What participants reply when they have done a step. A reply that nobody has given is made from
 * its class: a member that the command has too repeats its value, as participants do; every other
 * one gets a value that tells where it comes from, such as {@code "payment.paymentId"}.
 */
final class SampleReplies {

  private final PayloadCodec codec;
  private final Map<String, UnaryOperator<String>> given;

  /**
   * @param given by step, makes the reply's JSON from the command's
   */
  SampleReplies(PayloadCodec codec, Map<String, UnaryOperator<String>> given) {
    this.codec = codec;
    this.given = Map.copyOf(given);
  }

  SampleReplies with(String step, UnaryOperator<String> reply) {
    Map<String, UnaryOperator<String>> all = new HashMap<>(given);
    all.put(step, reply);
    return new SampleReplies(codec, all);
  }

  /** The JSON of the reply to a command. */
  String replyTo(CommandIssued command, Class<?> type) {
    UnaryOperator<String> own = given.get(command.step().value());
    return own == null ? made(command, type) : own.apply(command.payload());
  }

  private String made(CommandIssued command, Class<?> type) {
    String json;
    try {
      JsonNode sample = Samples.of(type, command.step().toString());
      if (sample instanceof ObjectNode members) {
        JsonNode asked = Json.read(command.payload());
        for (Map.Entry<String, JsonNode> member : members.properties()) {
          JsonNode same = asked.path(member.getKey());
          if (same.getNodeType() == member.getValue().getNodeType()) {
            member.setValue(same);
          }
        }
      }
      json = sample.toString();
      codec.decode(json, type);
    } catch (UnreadablePayloadException | IllegalArgumentException unusable) {
      throw new IllegalArgumentException(
          "Expected to make a sample "
              + MessageType.of(type)
              + " for step '"
              + command.step()
              + "', but "
              + unusable.getMessage()
              + "; say what it replies with .reply(\""
              + command.step().value()
              + "\", …)",
          unusable);
    }
    return json;
  }
}
