/** What the definitions of a build mean for the sagas that are under way. */
@NullMarked
package io.skald.orchestrator.versions;

import org.jspecify.annotations.NullMarked;
