/** Faults on purpose, for demonstrations and tests. */
@NullMarked
package io.skald.shop.faults;

import org.jspecify.annotations.NullMarked;
