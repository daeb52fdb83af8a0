package io.skald.checker;

/**
 * A shard's row when the run is over.
 *
 * @param journalSeq the number of its latest journal row
 * @param publishedSeq up to where all messages are known to have been published
 */
public record Shard(int id, long journalSeq, long publishedSeq) {}
