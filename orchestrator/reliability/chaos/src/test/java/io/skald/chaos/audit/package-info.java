/** Tests of what is looked at when all has been healed. */
@NullMarked
package io.skald.chaos.audit;

import org.jspecify.annotations.NullMarked;
