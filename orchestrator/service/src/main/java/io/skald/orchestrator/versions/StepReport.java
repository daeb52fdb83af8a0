package io.skald.orchestrator.versions;

/**
 * What a build means for one step of a version.
 *
 * @param at how many live sagas wait for it, or stopped at it
 * @param toCome how many have it before them: on their way forward, or back
 */
public record StepReport(String step, Verdict verdict, long at, long toCome) {}
