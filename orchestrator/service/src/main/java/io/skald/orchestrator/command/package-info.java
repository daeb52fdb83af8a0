/** What the commands of {@code ./skald} share that look into a database. */
@NullMarked
package io.skald.orchestrator.command;

import org.jspecify.annotations.NullMarked;
