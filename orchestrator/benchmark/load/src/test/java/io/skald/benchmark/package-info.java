/** Tests of the load command's arguments and arithmetic; none of them looks at a figure. */
@NullMarked
package io.skald.benchmark;

import org.jspecify.annotations.NullMarked;
