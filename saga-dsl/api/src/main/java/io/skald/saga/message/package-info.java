/** The words both ends of the wire share: commands, replies, ids, topics and headers. */
@NullMarked
package io.skald.saga.message;

import org.jspecify.annotations.NullMarked;
