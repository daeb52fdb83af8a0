/** A TCP proxy that makes a link between two processes bad, and good again. */
@NullMarked
package io.skald.chaos.proxy;

import org.jspecify.annotations.NullMarked;
