/** Orders that keep coming, whatever happens, and what their client knows of them. */
@NullMarked
package io.skald.chaos.load;

import org.jspecify.annotations.NullMarked;
