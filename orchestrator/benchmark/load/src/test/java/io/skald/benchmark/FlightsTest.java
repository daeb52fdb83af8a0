package io.skald.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class FlightsTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final Latencies latencies = new Latencies();
  private final ShardPauses pauses = new ShardPauses(1);
  private final Flights flights = new Flights(latencies, pauses);
  private final CountingPace pace = new CountingPace();

  @Test
  void shouldMeasureFromStartToEnd_whicheverOfNameAndEndComesFirst() {
    Flight named = flights.begin(Orders.COMPLETED, 0, pace);
    flights.named(named, "a");
    flights.ended("a", Orders.COMPLETED, 0, 5 * MILLI);
    Flight early = flights.begin(Orders.COMPLETED, 0, pace);
    flights.ended("b", Orders.COMPLETED, 0, 7 * MILLI);
    flights.named(early, "b");

    Latencies.Summary summary = Latencies.Summary.of(latencies.interval());
    assertThat(summary.count()).isEqualTo(2);
    assertThat(summary.max()).isBetween(7.0, 7.01);
    assertThat(flights.underWay()).isZero();
    assertThat(pace.over).isEqualTo(2);
    assertThat(flights.errors()).isEmpty();
    assertThat(flights.endings()).containsEntry(Orders.COMPLETED, 2L);
  }

  @Test
  void shouldCountAnError_whenASagaEndsOtherwise() {
    flights.named(flights.begin(Orders.COMPLETED, 0, pace), "a");

    flights.ended("a", "SagaParked", 0, MILLI);

    assertThat(flights.errors()).containsEntry("Ended SagaParked, not SagaCompleted", 1);
    assertThat(latencies.interval().getTotalCount()).isZero();
    assertThat(pace.over).isEqualTo(1);
  }

  @Test
  void shouldGiveUpTheOldOnesAlone() {
    flights.named(flights.begin(Orders.COMPLETED, 1, pace), "old");
    flights.named(flights.begin(Orders.COMPLETED, 9, pace), "new");

    flights.giveUp(5, "too late");

    assertThat(flights.errors()).containsEntry("too late", 1);
    assertThat(flights.underWay()).isEqualTo(1);
    assertThat(pace.over).isEqualTo(1);
  }

  @Test
  void shouldFindTheLongestPause_onlyWhileAShardHasWork() {
    pauses.started("a", 10);
    pauses.ended(0, 15);
    pauses.started("b", 100);
    pauses.ended(0, 112);

    assertThat(pauses.take(200)).containsExactly(12);

    pauses.started("c", 300);
    assertThat(pauses.take(330)).as("one that lasts").containsExactly(30);
    pauses.ended(0, 340);
    assertThat(pauses.take(350)).as("as a whole").containsExactly(40);
  }

  private static final class CountingPace implements Pace {
    private int over;

    @Override
    public long awaitNext() {
      return 0;
    }

    @Override
    public void over() {
      over++;
    }

    @Override
    public long waitedNanos() {
      return 0;
    }
  }
}
