/** Tests of hosting. */
@NullMarked
package io.skald.shop.hosting;

import org.jspecify.annotations.NullMarked;
