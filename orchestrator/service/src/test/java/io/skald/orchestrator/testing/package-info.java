/** What the tests of this module share: a real PostgreSQL and a real Kafka. */
@NullMarked
package io.skald.orchestrator.testing;

import org.jspecify.annotations.NullMarked;
