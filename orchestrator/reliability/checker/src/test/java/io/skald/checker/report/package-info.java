@NullMarked
package io.skald.checker.report;

import org.jspecify.annotations.NullMarked;
