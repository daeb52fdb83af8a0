/**
 * What the tests of this module share: every construct of the language from end to end, and any
 * input.
 */
@NullMarked
package io.skald.orchestrator.testing;

import org.jspecify.annotations.NullMarked;
