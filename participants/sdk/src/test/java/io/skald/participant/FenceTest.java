package io.skald.participant;

import static io.skald.participant.Fence.Verdict.ENTOMB;
import static io.skald.participant.Fence.Verdict.NOTHING_TO_UNDO;
import static io.skald.participant.Fence.Verdict.REFUSE;
import static io.skald.participant.Fence.Verdict.REPEAT_ACTION;
import static io.skald.participant.Fence.Verdict.REPEAT_COMPENSATION;
import static io.skald.participant.Fence.Verdict.REPEAT_REFUSAL;
import static io.skald.participant.Fence.Verdict.RUN_ACTION;
import static io.skald.participant.Fence.Verdict.RUN_COMPENSATION;
import static io.skald.participant.FenceState.COMPENSATED;
import static io.skald.participant.FenceState.DONE;
import static io.skald.participant.FenceState.OPEN;
import static io.skald.participant.FenceState.REJECTED;
import static io.skald.participant.FenceState.TOMBSTONED;
import static io.skald.saga.message.Phase.ACTION;
import static io.skald.saga.message.Phase.COMPENSATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.message.Phase;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FenceTest {

  static Stream<Arguments> cells() {
    return Stream.of(
        Arguments.of(OPEN, ACTION, RUN_ACTION),
        Arguments.of(OPEN, COMPENSATION, ENTOMB),
        Arguments.of(DONE, ACTION, REPEAT_ACTION),
        Arguments.of(DONE, COMPENSATION, RUN_COMPENSATION),
        Arguments.of(REJECTED, ACTION, REPEAT_REFUSAL),
        Arguments.of(REJECTED, COMPENSATION, NOTHING_TO_UNDO),
        Arguments.of(COMPENSATED, ACTION, REFUSE),
        Arguments.of(COMPENSATED, COMPENSATION, REPEAT_COMPENSATION),
        Arguments.of(TOMBSTONED, ACTION, REFUSE),
        Arguments.of(TOMBSTONED, COMPENSATION, NOTHING_TO_UNDO));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void shouldDecide_whenCommandArrives(FenceState state, Phase phase, Fence.Verdict expected) {
    assertThat(Fence.decide(state, phase)).isEqualTo(expected);
  }
}
