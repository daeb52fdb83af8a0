/** What lies on the topics, and what became of every record of it. */
@NullMarked
package io.skald.checker.wire;

import org.jspecify.annotations.NullMarked;
