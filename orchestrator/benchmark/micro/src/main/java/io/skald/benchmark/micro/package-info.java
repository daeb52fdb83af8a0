/** What the engine's inner parts cost one by one: time and allocation, by JMH. */
@NullMarked
package io.skald.benchmark.micro;

import org.jspecify.annotations.NullMarked;
