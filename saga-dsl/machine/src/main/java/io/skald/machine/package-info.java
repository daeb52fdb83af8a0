/**
 * The pure core: given a definition, a saga's state and an input, what is next. It does no input or
 * output, reads no clock, draws no random number, logs nothing and never blocks.
 */
@NullMarked
package io.skald.machine;

import org.jspecify.annotations.NullMarked;
