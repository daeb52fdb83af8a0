@NullMarked
package io.skald.checker.real;

import org.jspecify.annotations.NullMarked;
