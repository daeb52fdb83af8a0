@NullMarked
package io.skald.checker.wire;

import org.jspecify.annotations.NullMarked;
