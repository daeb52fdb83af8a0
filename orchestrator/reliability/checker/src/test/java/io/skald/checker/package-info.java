@NullMarked
package io.skald.checker;

import org.jspecify.annotations.NullMarked;
