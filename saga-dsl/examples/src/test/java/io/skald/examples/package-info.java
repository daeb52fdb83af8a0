@NullMarked
package io.skald.examples;

import org.jspecify.annotations.NullMarked;
