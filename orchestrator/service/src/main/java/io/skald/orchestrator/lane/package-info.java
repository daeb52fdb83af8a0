/** Shards, lanes, batches, fencing and timers; the ports to Kafka and PostgreSQL live here. */
@NullMarked
package io.skald.orchestrator.lane;

import org.jspecify.annotations.NullMarked;
