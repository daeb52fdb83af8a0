/** Tests of the embedded default, on real processes. */
@NullMarked
package io.skald.standalone;

import org.jspecify.annotations.NullMarked;
