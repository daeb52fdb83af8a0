package io.skald.orchestrator.lane;

import static io.skald.saga.message.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.SagaStatus;
import io.skald.orchestrator.journal.EntryCodec;
import io.skald.orchestrator.journal.StateCodec;
import io.skald.orchestrator.lane.World.Node;
import io.skald.orchestrator.messaging.AnyRecord;
import java.util.List;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever else stands in its topics, a saga goes its way: bad records cost the lane no recovery
 * and leave no trace that the database could not keep.
 */
class LaneFuzzTest {

  private static final String BYSTANDER = "B-1";
  private static final Logger LANE = Logger.getLogger("io.skald.orchestrator.lane");

  /** Each dead letter is a line of the log, and here are thousands. */
  @BeforeContainer
  static void beQuiet() {
    LANE.setLevel(Level.OFF);
  }

  @AfterContainer
  static void speakAgain() {
    LANE.setLevel(null);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void shouldCompleteTheBystander_whateverStandsInItsTopics(
      @ForAll("crowds") List<Envelope> before, @ForAll("crowds") List<Envelope> after) {
    // given
    World world = new World();
    Node node = world.lane();
    put(world, before);
    world.request(BYSTANDER);
    put(world, after);
    node.turns(3);
    // when
    for (String step : List.of("hotel", "flight", "payment", "ticket")) {
      put(world, after);
      world.reply(BYSTANDER, step, SUCCEEDED);
      put(world, before);
      node.turns(3);
    }
    // then
    assertThat(world.heard.recoveries).isEmpty();
    assertThat(world.status(BYSTANDER)).isEqualTo(SagaStatus.COMPLETED);
    assertThat(world.sent(BYSTANDER)).containsExactly("hotel", "flight", "payment", "ticket");
    assertThat(world.heard.deadLetters).allMatch(because -> because.startsWith("Expected "));
    assertThat(world.deadLetters()).hasSameSizeAs(world.heard.deadLetters);
    world.journal.commits().forEach(LaneFuzzTest::assertStorable);
  }

  private static void assertStorable(Batch batch) {
    for (Batch.SagaWrite write : batch.sagas()) {
      assertStorable(write.state().core().key());
      assertStorable(write.state().core().data());
      assertStorable(StateCodec.encode(write.state()));
    }
    for (Batch.JournalWrite write : batch.journal()) {
      String body = EntryCodec.encode(write.transition().entries());
      assertStorable(write.transition().cause());
      assertStorable(body);
      assertThat(EntryCodec.decode(body)).isEqualTo(write.transition().entries());
    }
  }

  /** PostgreSQL takes no NUL, and half a surrogate pair is no UTF-8. */
  private static void assertStorable(String column) {
    assertThat(column).doesNotContain("\0");
    assertThat(column.codePoints()).noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }

  private static void put(World world, List<Envelope> records) {
    for (Envelope record : records) {
      world.broker.append(
          new OutgoingMessage(
              record.from().topic(),
              OptionalInt.of(record.from().partition() % World.SHARDS),
              record.key().orElse(""),
              record.headers(),
              record.value()));
    }
  }

  @Provide
  Arbitrary<List<Envelope>> crowds() {
    return AnyRecord.records().list().ofMaxSize(12);
  }
}
