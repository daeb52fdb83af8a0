/** Tests of this package. */
@NullMarked
package io.skald.chaos.nemesis;

import org.jspecify.annotations.NullMarked;
