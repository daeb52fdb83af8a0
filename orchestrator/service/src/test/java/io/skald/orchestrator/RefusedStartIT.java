package io.skald.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.skald.orchestrator.config.SkaldConfig;
import io.skald.orchestrator.journal.Database;
import io.skald.orchestrator.journal.DefinitionRegistry;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.Trips;
import io.skald.orchestrator.messaging.JacksonPayloadCodec;
import io.skald.standalone.KafkaNode;
import io.skald.standalone.KafkaOptions;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is wrong with a start is told at once, and a start that is refused leaves nothing behind.
 */
final class RefusedStartIT {

  @TempDir static Path directory;

  @Test
  void shouldTellAllFaultsTogetherAndWriteNothing_whenAStartIsRefused() throws Exception {
    try (KafkaNode kafka = KafkaNode.start(KafkaOptions.in(directory.resolve("kafka")));
        Database database = Database.start(directory.resolve("postgres"))) {
      // given: another structure, a definition that is given twice and one that could not be made,
      // a topic of two partitions, and shards of another number
      database.clear(8);
      new DefinitionRegistry(database.dataSource()).register(List.of(Trips.trip(1)));
      database.execute(
          "update definition set fingerprint = 'x', structure = replace(structure, 'bank', 'till')");
      Map<String, Object> common = Map.of("bootstrap.servers", kafka.bootstrapServers());
      try (Admin admin = Admin.create(common)) {
        admin.createTopics(Set.of(new NewTopic("hotel-events", 2, (short) 1))).all().get();
      }
      Orchestrator orchestrator =
          new Orchestrator(
              config(),
              Definitions.withFaults(
                  List.of(Trips.trip(1), Trips.trip(2), Trips.trip(2)),
                  List.of("Saga 'long' has 201 steps, but at most 200 are allowed; split it")),
              database.dataSource(),
              common,
              new JacksonPayloadCodec(new ObjectMapper()),
              new SimpleMeterRegistry());
      // when
      Throwable refused = catchThrowable(orchestrator::start);
      // then
      assertThat(refused)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("5 faults are to be mended first")
          .hasMessageContaining("1. Saga 'long' has 201 steps")
          .hasMessageContaining("2. Expected one definition 'trip v2', but there are two")
          .hasMessageContaining("3. Definition trip v1 has changed")
          .hasMessageContaining("  step 'payment': participant was till and is bank")
          .hasMessageContaining("4. Expected the database to have 4 shards")
          .hasMessageContaining("5. Topic 'hotel-events' has 2 partitions");
      assertThat(database.query("select name || version from definition")).containsExactly("trip1");
      try (Admin admin = Admin.create(common)) {
        assertThat(admin.listTopics().names().get()).containsExactly("hotel-events");
      }
      assertThat(orchestrator.lanes()).isEmpty();
      orchestrator.stop();
    }
  }

  private static SkaldConfig config() {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withMapping(SkaldConfig.class)
        .withSources(
            new PropertiesConfigSource(
                Map.of("skald.shards.count", "4", "skald.topics.start-timeout", "30s"),
                "test",
                100))
        .build()
        .getConfigMapping(SkaldConfig.class);
  }
}
