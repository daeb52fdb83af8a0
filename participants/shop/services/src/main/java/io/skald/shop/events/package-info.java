/** What the shop's subscribers share: reading an event, and not giving up on a database. */
@NullMarked
package io.skald.shop.events;

import org.jspecify.annotations.NullMarked;
