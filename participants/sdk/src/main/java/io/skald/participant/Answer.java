package io.skald.participant;

import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import java.util.Optional;

/**
 * What is said in reply to one delivery of a command.
 *
 * @param problem why, when it is not a success
 * @param repeated whether it stood in the fence before this delivery
 */
record Answer(
    Outcome outcome,
    MessageType type,
    String payload,
    Optional<Problem> problem,
    boolean repeated) {}
