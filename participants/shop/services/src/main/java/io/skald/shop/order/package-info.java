/** Takes orders, tells the world about them, and follows what becomes of them. */
@NullMarked
package io.skald.shop.order;

import org.jspecify.annotations.NullMarked;
