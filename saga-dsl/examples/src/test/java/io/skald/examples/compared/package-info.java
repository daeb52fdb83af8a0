/** One small definition or test for each row of docs/comparison.md. */
@NullMarked
package io.skald.examples.compared;

import org.jspecify.annotations.NullMarked;
