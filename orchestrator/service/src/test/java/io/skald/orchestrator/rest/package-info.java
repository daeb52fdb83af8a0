/** Tests of the REST API. */
@NullMarked
package io.skald.orchestrator.rest;

import org.jspecify.annotations.NullMarked;
