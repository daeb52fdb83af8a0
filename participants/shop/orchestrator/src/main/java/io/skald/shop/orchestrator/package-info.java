/** The order saga: the only thing that the shop has to tell its orchestrator. */
@NullMarked
package io.skald.shop.orchestrator;

import org.jspecify.annotations.NullMarked;
