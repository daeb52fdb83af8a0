/** Tests of the participant SDK. */
@NullMarked
package io.skald.participant;

import org.jspecify.annotations.NullMarked;
