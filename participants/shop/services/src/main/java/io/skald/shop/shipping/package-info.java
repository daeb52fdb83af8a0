/** Carriers, their capacity, and the shipments that they took. */
@NullMarked
package io.skald.shop.shipping;

import org.jspecify.annotations.NullMarked;
