/**
 * The embedded servers for the tests of Quarkus applications; needs {@code quarkus-test-common}.
 */
@NullMarked
package io.skald.standalone.quarkus;

import org.jspecify.annotations.NullMarked;
