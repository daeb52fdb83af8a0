/** The auditor: whether all money, stock and capacity is still there. */
@NullMarked
package io.skald.shop.books;

import org.jspecify.annotations.NullMarked;
