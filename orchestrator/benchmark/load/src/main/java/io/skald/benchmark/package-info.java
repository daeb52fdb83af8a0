/** The load command: puts sagas on a stack and says what it could do with them. */
@NullMarked
package io.skald.benchmark;

import org.jspecify.annotations.NullMarked;
