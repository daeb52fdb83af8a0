package io.skald.orchestrator.testing;

import io.skald.orchestrator.testing.Everything.Do;
import io.skald.orchestrator.testing.Everything.Done;
import io.skald.orchestrator.testing.Everything.Undo;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import java.util.ArrayList;
import java.util.List;

/** A saga of which one step is a saga of its own. */
public final class SubSagas {

  private SubSagas() {}

  /**
   * What the outing carries along.
   *
   * @param dish what is eaten; the participants refuse some
   * @param payer who pays; the participants refuse some
   */
  public record Outing(String id, String dish, String payer, List<String> done) {

    Outing with(Done reply) {
      return with(List.of(reply.what()));
    }

    Outing with(List<String> more) {
      List<String> all = new ArrayList<>(done);
      all.addAll(more);
      return new Outing(id, dish, payer, List.copyOf(all));
    }
  }

  /** What the dinner, a saga of its own, carries along. */
  public record Dinner(String dish, List<String> done) {

    Dinner with(Done reply) {
      List<String> all = new ArrayList<>(done);
      all.add(reply.what());
      return new Dinner(dish, List.copyOf(all));
    }
  }

  /** {@code table}, {@code dish}. */
  public static final SagaDefinition<Dinner> DINNER =
      Saga.define("dinner", 2, Dinner.class)
          .startedByApi()
          .step("table", Everything.STORE, Do.class, d -> new Do("table", "for two"))
          .onReply(Dinner::with)
          .compensate(Undo.class, d -> new Undo("table", "for two"))
          .step("dish", Everything.STORE, Do.class, d -> new Do("dish", d.dish()))
          .onReply(Dinner::with)
          .compensate(Undo.class, d -> new Undo("dish", d.dish()))
          .build();

  /** {@code tickets}; {@code dinner}, a saga; {@code pay}, the pivot. */
  public static final SagaDefinition<Outing> OUTING =
      Saga.define("outing", 1, Outing.class)
          .startedByApi()
          .step("tickets", Everything.BANK, Do.class, o -> new Do("tickets", o.id()))
          .onReply(Outing::with)
          .compensate(Undo.class, o -> new Undo("tickets", o.id()))
          .subSaga("dinner", DINNER, o -> new Dinner(o.dish(), List.of()))
          .onEnd((outing, dinner) -> outing.with(dinner.done()))
          .pivot("pay", Everything.BANK, Do.class, SubSagas::pay)
          .onReply(Outing::with)
          .build();

  private static Do pay(Outing outing) {
    return new Do("pay", outing.payer());
  }
}
