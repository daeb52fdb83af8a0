package io.skald.orchestrator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Answer;
import io.skald.saga.message.SagaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class WaitingTest {

  private static final Answer APPLIED = new Answer(new Verdict.Applied(), Optional.empty());

  private final Waiting waiting = new Waiting();

  @Test
  void shouldTellAll_whenSeveralWaitForOneEnd() {
    // given
    SagaId saga = SagaId.forKey("trip", "T-1");
    try (Waiting.Ticket<Boolean> one = waiting.forEnd(saga);
        Waiting.Ticket<Boolean> two = waiting.forEnd(saga)) {
      // when
      waiting.tellEnd(saga);

      // then
      assertThat(one.future()).isCompletedWithValue(true);
      assertThat(two.future()).isCompletedWithValue(true);
    }
    assertThat(waiting.count()).isZero();
  }

  @Test
  void shouldStillTellTheOthers_whenOneHasLeft() {
    // given
    SagaId saga = SagaId.forKey("trip", "T-1");
    Waiting.Ticket<Boolean> stays = waiting.forEnd(saga);
    waiting.forEnd(saga).close();

    // when
    waiting.tellEnd(saga);

    // then
    assertThat(stays.future()).isCompletedWithValue(true);
    stays.close();
    assertThat(waiting.count()).isZero();
  }

  @Test
  void shouldNotMind_whenNobodyWaits() {
    waiting.tellAnswer("nobody", APPLIED);
    waiting.tellEnd(SagaId.forKey("trip", "T-1"));
    assertThat(waiting.count()).isZero();
  }

  @Test
  void shouldKeepNobody_whenManyComeAndGoAtOnce() throws Exception {
    SagaId saga = SagaId.forKey("trip", "T-1");
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int thread = i;
        all.add(
            threads.submit(
                () -> {
                  for (int j = 0; j < 5_000; j++) {
                    String request = thread + "-" + j;
                    try (Waiting.Ticket<Boolean> end = waiting.forEnd(saga);
                        Waiting.Ticket<Answer> answer = waiting.forAnswer(request)) {
                      waiting.tellEnd(saga);
                      waiting.tellAnswer(request, APPLIED);
                      assertThat(end.future()).isDone();
                      assertThat(answer.future()).isDone();
                    }
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(waiting.count()).isZero();
  }
}
