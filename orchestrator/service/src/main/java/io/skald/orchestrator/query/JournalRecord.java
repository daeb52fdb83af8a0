package io.skald.orchestrator.query;

import java.time.Instant;

/**
 * One transition of a saga, as the journal holds it.
 *
 * @param seq the number of the transition
 * @param cause the id of the message that brought it about
 * @param body its entries: a JSON array of objects, each with its {@code type}
 */
public record JournalRecord(long seq, Instant at, String cause, String body) {}
