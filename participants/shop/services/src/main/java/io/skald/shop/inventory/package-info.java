/** What is on stock, what of it is set aside for orders, and what has left. */
@NullMarked
package io.skald.shop.inventory;

import org.jspecify.annotations.NullMarked;
