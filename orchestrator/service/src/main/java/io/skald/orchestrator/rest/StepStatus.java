package io.skald.orchestrator.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a step stands, in one word. */
@Schema(
    description =
        """
        PENDING: not issued yet. RUNNING: issued, its reply has not come. RETRYING: the latest \
        attempt went wrong, the next one waits. SUCCEEDED, REJECTED: as the participant said. \
        UNKNOWN: it may or may not have happened, and is not being tried. COMPENSATING, \
        COMPENSATION_RETRYING, COMPENSATED, COMPENSATION_UNKNOWN: the same of its compensation. \
        LEFT_OUT: never issued, and never will be.\
        """)
enum StepStatus {
  PENDING,
  RUNNING,
  RETRYING,
  SUCCEEDED,
  REJECTED,
  UNKNOWN,
  COMPENSATING,
  COMPENSATION_RETRYING,
  COMPENSATED,
  COMPENSATION_UNKNOWN,
  LEFT_OUT
}
