/** What Quarkus does at build time for applications that define or take part in sagas. */
@NullMarked
package io.skald.quarkus.deployment;

import org.jspecify.annotations.NullMarked;
