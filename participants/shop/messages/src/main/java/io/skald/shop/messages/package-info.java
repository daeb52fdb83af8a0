/** What the shop's services say to each other: commands, events and the names of who takes them. */
@NullMarked
package io.skald.shop.messages;

import org.jspecify.annotations.NullMarked;
