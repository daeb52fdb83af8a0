package io.skald.orchestrator.lane;

import io.skald.machine.SagaState;
import io.skald.machine.Verdict;
import java.util.Optional;

/**
 * What came of a request; durable when it is given.
 *
 * @param state the saga after it, when a lane of this process decided; otherwise it is to be read
 */
public record Answer(Verdict verdict, Optional<SagaState> state) {}
