/** The embedded default: a real Kafka broker, a real PostgreSQL and the services in one start. */
@NullMarked
package io.skald.standalone;

import org.jspecify.annotations.NullMarked;
