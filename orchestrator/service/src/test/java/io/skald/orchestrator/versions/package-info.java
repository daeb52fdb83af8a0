/** Tests of what definitions mean for the sagas under way. */
@NullMarked
package io.skald.orchestrator.versions;

import org.jspecify.annotations.NullMarked;
