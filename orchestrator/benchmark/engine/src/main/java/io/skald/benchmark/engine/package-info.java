/** The sagas that the benchmark runs, and what they say to its participants. */
@NullMarked
package io.skald.benchmark.engine;

import org.jspecify.annotations.NullMarked;
