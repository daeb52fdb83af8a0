/** Tests of the benchmark's sagas. */
@NullMarked
package io.skald.benchmark.engine;

import org.jspecify.annotations.NullMarked;
