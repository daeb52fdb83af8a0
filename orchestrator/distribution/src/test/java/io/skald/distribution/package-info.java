/** What is in the archive, and that it runs as its documentation says. */
@NullMarked
package io.skald.distribution;

import org.jspecify.annotations.NullMarked;
