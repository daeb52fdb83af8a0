/** Tests of retention, archive and rebuild. */
@NullMarked
package io.skald.orchestrator.archive;

import org.jspecify.annotations.NullMarked;
