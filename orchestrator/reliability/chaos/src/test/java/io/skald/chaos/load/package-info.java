/** Tests of orders and their client. */
@NullMarked
package io.skald.chaos.load;

import org.jspecify.annotations.NullMarked;
