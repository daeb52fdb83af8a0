/** The REST API and what it shows. */
@NullMarked
package io.skald.orchestrator.rest;

import org.jspecify.annotations.NullMarked;
