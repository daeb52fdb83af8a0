/**
 * The language: saga definitions, their steps and their retry policies, written with a typed
 * builder.
 */
@NullMarked
package io.skald.saga;

import org.jspecify.annotations.NullMarked;
