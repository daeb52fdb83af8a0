/** The read side: entities and queries over the tables that the lanes write. */
@NullMarked
package io.skald.orchestrator.query;

import org.jspecify.annotations.NullMarked;
