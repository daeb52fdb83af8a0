/** Kafka in and out: who owns which shard, what a record says, dead letters and topics. */
@NullMarked
package io.skald.orchestrator.messaging;

import org.jspecify.annotations.NullMarked;
