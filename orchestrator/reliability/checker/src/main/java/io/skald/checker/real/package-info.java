/** Gathers the history of a live installation from its databases and topics. */
@NullMarked
package io.skald.checker.real;

import org.jspecify.annotations.NullMarked;
