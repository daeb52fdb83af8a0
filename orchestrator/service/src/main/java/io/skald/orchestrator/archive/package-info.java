/** Retention, the archive, and the proof that the sagas' rows follow from the journal. */
@NullMarked
package io.skald.orchestrator.archive;

import org.jspecify.annotations.NullMarked;
