/**
 * A simulation of how sagas queue: what a deployment would do, from what one machine was seen to
 * do. All times in it are milliseconds as {@code double}, for they are arithmetic and no clock.
 */
@NullMarked
package io.skald.benchmark.queueing;

import org.jspecify.annotations.NullMarked;
