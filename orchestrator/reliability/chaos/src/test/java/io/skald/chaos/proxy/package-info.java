/** Tests of the proxy. */
@NullMarked
package io.skald.chaos.proxy;

import org.jspecify.annotations.NullMarked;
