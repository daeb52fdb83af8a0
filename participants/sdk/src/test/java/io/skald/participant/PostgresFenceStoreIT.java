package io.skald.participant;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(RealStack.class)
class PostgresFenceStoreIT extends FenceStoreContract {

  private final FenceStore store;
  private final Transactions transactions;

  @Inject
  PostgresFenceStoreIT(FenceStore store, Transactions transactions) {
    this.store = store;
    this.transactions = transactions;
  }

  @Override
  protected FenceStore store() {
    return store;
  }

  @Override
  protected Transactions transactions() {
    return transactions;
  }

  @Override
  protected String schema() {
    return "payment";
  }
}
