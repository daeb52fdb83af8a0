package io.skald.saga;

/** A part as the builder has it: not checked yet. */
sealed interface PartDraft<D> permits StepDraft, BlockDraft {

  String name();

  /** Only to be asked when nothing is wrong with it. */
  Part<D> finished();
}
