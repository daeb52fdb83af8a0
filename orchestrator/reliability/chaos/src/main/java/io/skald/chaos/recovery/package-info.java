/** How long it took until sagas moved again, and when all of it has come to rest. */
@NullMarked
package io.skald.chaos.recovery;

import org.jspecify.annotations.NullMarked;
