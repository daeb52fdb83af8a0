package io.skald.orchestrator.lane;

/** The fake behaves as the real one does, else the tests on it prove nothing. */
class InMemoryJournalTest extends JournalContract {

  private final InMemoryJournal journal = new InMemoryJournal(World.SHARDS);

  @Override
  protected Journal journal() {
    return journal;
  }
}
