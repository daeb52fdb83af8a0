/** What a run was and what the checker found, as files that people can read. */
@NullMarked
package io.skald.checker.report;

import org.jspecify.annotations.NullMarked;
