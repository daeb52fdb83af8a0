/** Tests a saga's definition as it will really run, on a virtual clock, in milliseconds. */
@NullMarked
package io.skald.testkit;

import org.jspecify.annotations.NullMarked;
