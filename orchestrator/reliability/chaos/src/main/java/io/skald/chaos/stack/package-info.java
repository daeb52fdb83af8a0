/** The processes that a run of chaos plays with, and the links between them. */
@NullMarked
package io.skald.chaos.stack;

import org.jspecify.annotations.NullMarked;
