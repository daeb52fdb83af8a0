package io.skald.simulation;

import io.skald.participant.FenceKey;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What a participant is about to handle. Its fence is not told phase and attempt of a command, as
 * it need not know; only a broken one wants to.
 */
final class Mail {

  /** What a command says of itself. */
  record Letter(FenceKey key, Phase phase, int attempt) {}

  private List<Letter> letters = List.of();

  void opens(List<ConsumerRecord<String, byte[]>> records) {
    List<Letter> read = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      Optional<SagaId> saga = SagaId.parse(text(record, WireHeaders.SAGA_ID));
      Optional<Phase> phase = Phase.ofWireName(text(record, WireHeaders.PHASE));
      String step = text(record, WireHeaders.STEP);
      String item = text(record, WireHeaders.ITEM);
      String attempt = text(record, WireHeaders.ATTEMPT);
      if (saga.isPresent()
          && phase.isPresent()
          && StepName.isValid(step)
          && (item.isEmpty() || StepName.isValidItem(item))
          && attempt.matches("\\d+")) {
        FenceKey key = new FenceKey(saga.get(), new StepName(step, item));
        read.add(new Letter(key, phase.get(), Integer.parseInt(attempt)));
      }
    }
    letters = read;
  }

  private static String text(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Whether there is a command of this phase for a step. */
  boolean has(FenceKey key, Phase phase) {
    return letters.stream().anyMatch(letter -> letter.key().equals(key) && letter.phase() == phase);
  }

  /** The attempt of the first command of this phase for a step; zero without one. */
  int attempt(FenceKey key, Phase phase) {
    return letters.stream()
        .filter(letter -> letter.key().equals(key) && letter.phase() == phase)
        .mapToInt(Letter::attempt)
        .findFirst()
        .orElse(0);
  }
}
