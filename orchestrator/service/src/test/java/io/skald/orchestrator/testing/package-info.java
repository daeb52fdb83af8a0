/** What the tests of this module share: a real PostgreSQL, a real Kafka, and any input. */
@NullMarked
package io.skald.orchestrator.testing;

import org.jspecify.annotations.NullMarked;
