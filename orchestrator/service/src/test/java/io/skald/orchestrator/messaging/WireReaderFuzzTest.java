package io.skald.orchestrator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.Input;
import io.skald.machine.Moment;
import io.skald.machine.SagaMachine;
import io.skald.machine.Transition;
import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.orchestrator.lane.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** Whatever stands in a topic is read, passed over or refused with a reason; it never throws. */
class WireReaderFuzzTest {

  /** The default of a broker; what follows from a record must always fit. */
  private static final int MOST_BYTES = 1_000_000;

  private final WireReader reader = Records.reader();

  @Property(edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(StatisticsReportMode.OFF)
  void shouldReadOrSayWhy_whateverComes(@ForAll("records") Envelope record) {
    // when
    List<Reading> readings = reader.read(record);

    // then
    assertThat(readings).isNotEmpty();
    for (Reading reading : readings) {
      assertThat(sizeOf(Records.writer().deadLetter(record, reading.toString())))
          .isLessThan(MOST_BYTES);
      switch (reading) {
        case Reading.Unreadable unreadable -> assertIsAReason(unreadable.because());
        case Reading.ForSaga forSaga -> assertWhatFollowsFits(record, forSaga);
        case Reading.NotForUs other -> {}
      }
    }
    // All three happen, else the records are too good or too bad to find anything.
    Statistics.collect(readings.getFirst().getClass().getSimpleName());
    Statistics.coverage(
        seen -> {
          seen.check("ForSaga").percentage(share -> share > 5);
          seen.check("Unreadable").percentage(share -> share > 5);
          seen.check("NotForUs").percentage(share -> share > 1);
        });
  }

  /** The last sentence is what the reader says of something that it did not foresee. */
  private static void assertIsAReason(String because) {
    assertThat(because)
        .startsWith("Expected ")
        .hasSizeLessThanOrEqualTo(Limits.TEXT_CHARS)
        .doesNotContain("\tat ")
        .doesNotStartWith("Expected a record of the wire contract, but");
  }

  private static void assertWhatFollowsFits(Envelope record, Reading.ForSaga reading) {
    assertThat(sizeOf(Records.writer().forward(record, reading.key(), 1))).isLessThan(MOST_BYTES);
    assertThat(reading.key()).isNotEmpty();
    assertThat(reading.key().chars()).noneMatch(c -> c < ' ');
    if (reading.input() instanceof Input.StartRequested) {
      assertThat(sizeOf(Records.writer().forwardStart(record, reading, 1))).isLessThan(MOST_BYTES);
      Optional<Transition> started =
          new SagaMachine(Records.CODEC)
              .decide(
                  reading.starts().orElseThrow(),
                  reading.saga(),
                  Optional.empty(),
                  reading.input(),
                  new Moment(Instant.EPOCH, 0.5))
              .transition();
      assertThat(started).isPresent();
    }
  }

  private static int sizeOf(OutgoingMessage message) {
    int size = message.value().length + message.key().getBytes(StandardCharsets.UTF_8).length;
    for (Map.Entry<String, String> header : message.headers().entrySet()) {
      size += header.getKey().length() + header.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    return size;
  }

  @Provide
  Arbitrary<Envelope> records() {
    return AnyRecord.records();
  }
}
