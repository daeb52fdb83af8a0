/** Customers' accounts and the ledger of what moved between them and the shop. */
@NullMarked
package io.skald.shop.payment;

import org.jspecify.annotations.NullMarked;
