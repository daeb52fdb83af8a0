/** Tests of chaos, and crashes at every durable boundary. */
@NullMarked
package io.skald.chaos;

import org.jspecify.annotations.NullMarked;
