package io.skald.saga.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SagaIdTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
  private static final UUID ONES = new UUID(-1, -1);
  private static final UUID ZEROS = new UUID(0, 0);

  @Test
  void shouldBeWhatOthersCompute_whenMadeOfAKey() {
    // Python: uuid.uuid5(UUID('6f1c5b1e-8f0a-4f3c-9d57-3b0a52d5c1a7'), 'order\n42')
    assertThat(SagaId.forKey("order", "42")).hasToString("5f59dbd8-85c9-522e-87c5-39f1041eaeee");
    assertThat(SagaId.forKey("order", "ORD-ä€😀"))
        .hasToString("0abdd714-35ed-58f1-8f18-5c434e40cd2f");
  }

  @Test
  void shouldBeWhatOthersCompute_whenMadeOfAStart() {
    // Python: uuid.uuid5(UUID('6f1c5b1e-8f0a-4f3c-9d57-3b0a52d5c1a7'), 'order\n42\nshop\n7')
    assertThat(SagaId.forStart("order", "42", "shop\n7"))
        .hasToString("1eb64f95-2e81-51e8-8993-3868d60624f2")
        .isNotEqualTo(SagaId.forStart("order", "42", "shop\n8"))
        .isNotEqualTo(SagaId.forKey("order", "42"));
  }

  @Test
  void shouldBeTheSame_whenMadeOfTheSameKey() {
    assertThat(SagaId.forKey("order", "42")).isEqualTo(SagaId.forKey("order", "42"));
  }

  @Test
  void shouldDiffer_whenDefinitionOrKeyDiffers() {
    assertThat(SagaId.forKey("order", "42"))
        .isNotEqualTo(SagaId.forKey("order", "43"))
        .isNotEqualTo(SagaId.forKey("refund", "42"));
    assertThat(SagaId.forKey("a", "bc")).isNotEqualTo(SagaId.forKey("ab", "c"));
  }

  @Test
  void shouldBeOfVersion5_whenMadeOfAKey() {
    for (int key = 0; key < 100; key++) {
      UUID uuid = SagaId.forKey("order", "key-" + key).value();
      assertThat(uuid.version()).isEqualTo(5);
      assertThat(uuid.variant()).isEqualTo(2);
    }
  }

  @Test
  void shouldHaveTimeThenChance_whenMadeOfThem() {
    assertThat(SagaId.ofTime(Instant.ofEpochMilli(0x0123_4567_89abL), ONES))
        .hasToString("01234567-89ab-7fff-bfff-ffffffffffff");
    assertThat(SagaId.ofTime(Instant.ofEpochMilli(0x0123_4567_89abL), ZEROS))
        .hasToString("01234567-89ab-7000-8000-000000000000");
    assertThat(SagaId.ofTime(Instant.EPOCH, new UUID(0x0ABCL, 0x1234_5678_9abc_def0L)))
        .hasToString("00000000-0000-7abc-9234-56789abcdef0");
  }

  @Test
  void shouldBeOfVersion7_whenMadeOfTime() {
    for (UUID random : List.of(ONES, ZEROS)) {
      UUID uuid = SagaId.ofTime(NOW, random).value();
      assertThat(uuid.version()).isEqualTo(7);
      assertThat(uuid.variant()).isEqualTo(2);
      assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }
  }

  @Test
  void shouldSortByTime_whenMadeOfTime() {
    // given
    Random random = new Random(7);
    List<SagaId> ids = new ArrayList<>();
    for (int millis = 0; millis < 200; millis++) {
      ids.add(
          SagaId.ofTime(NOW.plusMillis(millis), new UUID(random.nextLong(), random.nextLong())));
    }
    List<SagaId> shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled, random);
    // then
    assertThat(shuffled.stream().sorted((a, b) -> a.value().compareTo(b.value()))).isEqualTo(ids);
    assertThat(shuffled.stream().map(SagaId::toString).sorted())
        .isEqualTo(ids.stream().map(SagaId::toString).toList());
  }

  @Test
  void shouldReadItself_whenPrinted() {
    // given
    SagaId id = SagaId.forKey("order", "42");
    // then
    assertThat(SagaId.parse(id.toString())).contains(id);
    assertThat(SagaId.parse("5F59DBD8-85C9-522E-87C5-39F1041EAEEE")).contains(id);
  }

  @Test
  void shouldReadNothing_whenTheTextIsNotCanonical() {
    for (String text :
        List.of(
            "",
            "42",
            "5f59dbd885c9522e87c539f1041eaeee",
            "5f59dbd8-85c9-522e-87c5-39f1041eaee",
            "5f59dbd8-85c9-522e-87c5-39f1041eaeee0",
            " 5f59dbd8-85c9-522e-87c5-39f1041eaeee".substring(0, 36),
            "5f59dbd8-85c9-522e-87c5-39f1041eaeeg",
            "5f59dbd8x85c9-522e-87c5-39f1041eaeee",
            "{f59dbd8-85c9-522e-87c5-39f1041eaee}",
            "5f59dbd88-5c9-522e-87c5-39f1041eaeee",
            "5f59dbd-885c9-522e-87c5-39f1041eaeee",
            "00005f59dbd8-85c9-522e-87c5-39f10410",
            "-5f59dbd-85c9-522e-87c5-39f1041eaeee",
            "+5f59dbd-85c9-522e-87c5-39f1041eaeee",
            "５f59dbd8-85c9-522e-87c5-39f1041eaeee")) {
      assertThat(SagaId.parse(text)).as(text).isEmpty();
    }
  }
}
