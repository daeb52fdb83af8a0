/** Turns methods into a participant: inbox, fence, recorded replies, dead letters. */
@NullMarked
package io.skald.participant;

import org.jspecify.annotations.NullMarked;
