/** Tests of the books. */
@NullMarked
package io.skald.shop.books;

import org.jspecify.annotations.NullMarked;
