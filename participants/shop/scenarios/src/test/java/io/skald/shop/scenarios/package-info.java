/** The order saga on the real stack, and what it must withstand. */
@NullMarked
package io.skald.shop.scenarios;

import org.jspecify.annotations.NullMarked;
