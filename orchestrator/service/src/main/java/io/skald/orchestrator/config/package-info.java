/** The configuration, one interface per feature. */
@NullMarked
package io.skald.orchestrator.config;

import org.jspecify.annotations.NullMarked;
