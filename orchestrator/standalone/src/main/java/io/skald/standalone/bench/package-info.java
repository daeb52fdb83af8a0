/** The load command: puts orders on a stack and says what it could do with them. */
@NullMarked
package io.skald.standalone.bench;

import org.jspecify.annotations.NullMarked;
