@NullMarked
package io.skald.simulation;

import org.jspecify.annotations.NullMarked;
