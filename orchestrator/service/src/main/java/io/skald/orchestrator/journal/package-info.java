/** The write side on PostgreSQL: states, journal and shard rows in one transaction. */
@NullMarked
package io.skald.orchestrator.journal;

import org.jspecify.annotations.NullMarked;
