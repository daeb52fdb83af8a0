/** Four classic sagas, each in one file: its messages, its data and its definition. */
@NullMarked
package io.skald.examples;

import org.jspecify.annotations.NullMarked;
