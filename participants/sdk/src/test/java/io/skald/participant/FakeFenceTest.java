package io.skald.participant;

/** The fake behaves as the real one does, else the tests on it prove nothing. */
class FakeFenceTest extends FenceStoreContract {

  private final FakeFence fence = new FakeFence();

  @Override
  protected FenceStore store() {
    return fence;
  }

  @Override
  protected Transactions transactions() {
    return fence;
  }

  @Override
  protected String schema() {
    return "payment";
  }
}
