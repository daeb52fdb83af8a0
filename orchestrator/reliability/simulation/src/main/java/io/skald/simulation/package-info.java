/**
 * Runs the production orchestrator and participants in one thread, on one clock and from one seed,
 * over a simulated Kafka and simulated databases, while faults strike in random combinations.
 */
@NullMarked
package io.skald.simulation;

import org.jspecify.annotations.NullMarked;
