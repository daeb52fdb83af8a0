/** Tests of this package. */
@NullMarked
package io.skald.chaos.recovery;

import org.jspecify.annotations.NullMarked;
