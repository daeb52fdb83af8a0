/** {@code ./skald chaos}: real processes under faults, and what the checker says of it. */
@NullMarked
package io.skald.chaos;

import org.jspecify.annotations.NullMarked;
