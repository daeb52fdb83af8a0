/** The test kit in JUnit: the only package of it that needs JUnit. */
@NullMarked
package io.skald.testkit.junit;

import org.jspecify.annotations.NullMarked;
