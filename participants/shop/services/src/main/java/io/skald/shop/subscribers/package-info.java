/** Services that follow the sagas and that no saga knows of. */
@NullMarked
package io.skald.shop.subscribers;

import org.jspecify.annotations.NullMarked;
