/**
 * Judges from the outside whether the laws have been kept: a {@link io.skald.checker.History} of
 * all that is known goes in, a list of violations comes out. Pure: no clock, no input or output.
 */
@NullMarked
package io.skald.checker;

import org.jspecify.annotations.NullMarked;
