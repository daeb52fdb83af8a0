/** The shop on real Kafka and real PostgreSQL. */
@NullMarked
package io.skald.shop;

import org.jspecify.annotations.NullMarked;
