/** Tests of processes, and what is done when they do not come up. */
@NullMarked
package io.skald.chaos.stack;

import org.jspecify.annotations.NullMarked;
