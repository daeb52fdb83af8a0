/** Who makes the faults: a schedule that a seed draws, and the hands that carry it out. */
@NullMarked
package io.skald.chaos.nemesis;

import org.jspecify.annotations.NullMarked;
