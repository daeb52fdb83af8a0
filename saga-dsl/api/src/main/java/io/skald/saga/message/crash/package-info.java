/** Where tests have a process of either end of the wire die: at its durable boundaries. */
@NullMarked
package io.skald.saga.message.crash;

import org.jspecify.annotations.NullMarked;
