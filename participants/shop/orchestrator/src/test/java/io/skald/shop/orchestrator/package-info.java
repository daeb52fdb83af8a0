/** Tests of the order saga's definition. */
@NullMarked
package io.skald.shop.orchestrator;

import org.jspecify.annotations.NullMarked;
