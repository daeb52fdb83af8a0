/** Puts the orchestrator together: the only place that knows all of its parts. */
@NullMarked
package io.skald.orchestrator;

import org.jspecify.annotations.NullMarked;
