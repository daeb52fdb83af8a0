/** Tests of orders. */
@NullMarked
package io.skald.shop.order;

import org.jspecify.annotations.NullMarked;
