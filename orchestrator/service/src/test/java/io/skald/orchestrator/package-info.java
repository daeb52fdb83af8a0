/** Tests of the orchestrator as a whole. */
@NullMarked
package io.skald.orchestrator;

import org.jspecify.annotations.NullMarked;
