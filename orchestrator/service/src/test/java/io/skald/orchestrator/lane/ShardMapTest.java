package io.skald.orchestrator.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

class ShardMapTest {

  @Test
  void shouldAgreeWithKafkasPartitioner_whateverTheKey() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      // given
      String key = randomText(random);
      int count = 1 + random.nextInt(200);
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);

      // then
      assertThat(ShardMap.murmur2(bytes)).as(key).isEqualTo(Utils.murmur2(bytes));
      assertThat(new ShardMap(count).ofKey(key))
          .as(key)
          .isEqualTo(BuiltInPartitioner.partitionForKey(bytes, count));
    }
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(60); length > 0; length--) {
      text.appendCodePoint(
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x80);
            case 1 -> 0x80 + random.nextInt(0xd000);
            case 2 -> 0x1f600 + random.nextInt(64);
            default -> 'a' + random.nextInt(26);
          });
    }
    return text.toString();
  }

  @Test
  void shouldSpreadPartitionsOfLargerTopics_overAllShards() {
    assertThat(new ShardMap(4).ofPartition(3)).isEqualTo(3);
    assertThat(new ShardMap(4).ofPartition(7)).isEqualTo(3);
  }

  @Test
  void shouldRefuseToHaveNoShards() {
    assertThatThrownBy(() -> new ShardMap(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
