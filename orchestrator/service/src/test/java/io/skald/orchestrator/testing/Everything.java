package io.skald.orchestrator.testing;

import io.skald.saga.Each;
import io.skald.saga.Exclusive;
import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A saga with every construct of the language: an order of parcels. */
public final class Everything {

  public static final Participant STORE = Participant.named("store");
  public static final Participant BANK = Participant.named("bank");

  /** An order of this name makes a function of the definition throw, before the pivot is issued. */
  public static final String BROKEN = "broken";

  private static final Retry QUICKLY = Retry.fixed(Duration.ofMillis(200)).maxAttempts(3);

  private Everything() {}

  public record Parcel(String id) {}

  /**
   * What the saga carries along.
   *
   * @param done what has been done, each step with its item
   */
  public record Order(String id, boolean abroad, List<Parcel> parcels, List<String> done) {

    public static Order of(String id, boolean abroad, String... parcels) {
      List<Parcel> all = new ArrayList<>();
      for (String parcel : parcels) {
        all.add(new Parcel(parcel));
      }
      return new Order(id, abroad, all, List.of());
    }

    Order with(Done reply) {
      return with(reply.what());
    }

    Order with(String what) {
      List<String> all = new ArrayList<>(done);
      all.add(what);
      return new Order(id, abroad, parcels, List.copyOf(all));
    }
  }

  /**
   * Any command that does something.
   *
   * @param about the parcel, or the order
   */
  public record Do(String what, String about) implements Command<Done> {}

  public record Done(String what) {}

  public record Undo(String what, String about) implements Command<Undone> {}

  public record Undone(String what) {}

  public record Approved(String by) {}

  /**
   * {@code prepare} beside each other: {@code reserve} and then {@code label}, and {@code screen};
   * {@code customs}: {@code declare} or {@code stamp}; {@code pack} for each of {@code parcels},
   * two at once; {@code approval}; {@code cooling}; {@code charge}, the pivot; {@code tell} beside
   * each other: {@code mail} and {@code print}.
   */
  public static final SagaDefinition<Order> DEFINITION =
      Saga.define("everything", 1, Order.class)
          .startedByApi()
          .parallel(
              "prepare",
              branches ->
                  branches
                      .inOrder(
                          branch ->
                              branch
                                  .step("reserve", STORE, Do.class, o -> doing(o, "reserve"))
                                  .onReply(Order::with)
                                  .compensate(Undo.class, o -> undoing(o, "reserve"))
                                  .step("label", STORE, Do.class, o -> doing(o, "label"))
                                  .nothingToCompensate())
                      .step("screen", BANK, Do.class, o -> doing(o, "screen"))
                      .nothingToCompensate())
          .when(
              "customs",
              Order::abroad,
              way ->
                  way.step("declare", STORE, Do.class, o -> doing(o, "declare"))
                      .onReply(Order::with)
                      .compensate(Undo.class, o -> undoing(o, "declare")),
              way ->
                  way.step("stamp", STORE, Do.class, o -> doing(o, "stamp"))
                      .onReply(Order::with)
                      .nothingToCompensate())
          .forEach(
              "parcels",
              Parcel.class,
              Order::parcels,
              Parcel::id,
              2,
              each ->
                  each.step("pack", STORE, Do.class, p -> new Do("pack", p.item().id()))
                      .onReply(Everything::packed)
                      .compensate(Undo.class, p -> new Undo("pack", p.item().id())))
          .await(
              "approval",
              Approved.class,
              Duration.ofMinutes(10),
              (order, approved) -> order.with("approved by " + approved.by()))
          .pause("cooling", Duration.ofSeconds(1))
          .pivot("charge", BANK, Do.class, o -> doing(o, "charge"))
          .retry(QUICKLY)
          .onReply(Order::with)
          .parallel(
              "tell",
              branches ->
                  branches
                      .then("mail", BANK, Do.class, o -> doing(o, "mail"))
                      .then("print", STORE, Do.class, o -> doing(o, "print")))
          .build();

  /** A saga of which one of a key is under way at a time, and the others are refused. */
  public static final SagaDefinition<Order> ALONE = exclusive("alone", Exclusive.REJECT);

  /** A saga of which one of a key is under way at a time, and the others wait. */
  public static final SagaDefinition<Order> IN_LINE = exclusive("in-line", Exclusive.QUEUE);

  /** {@code reserve}, and {@code charge}, the pivot; between them {@code approval}. */
  private static SagaDefinition<Order> exclusive(String name, Exclusive second) {
    return Saga.define(name, 1, Order.class)
        .startedByApi()
        .exclusive(second)
        .step("reserve", STORE, Do.class, o -> doing(o, "reserve"))
        .onReply(Order::with)
        .compensate(Undo.class, o -> undoing(o, "reserve"))
        .await(
            "approval",
            Approved.class,
            Duration.ofMinutes(10),
            (order, approved) -> order.with("approved by " + approved.by()))
        .pivot("charge", BANK, Do.class, o -> doing(o, "charge"))
        .onReply(Order::with)
        .build();
  }

  private static Do doing(Order order, String what) {
    if (order.id().startsWith(BROKEN) && what.equals("charge")) {
      throw new IllegalStateException("a defect of the definition");
    }
    return new Do(what, order.id());
  }

  private static Undo undoing(Order order, String what) {
    return new Undo(what, order.id());
  }

  private static Each<Order, Parcel> packed(Each<Order, Parcel> each, Done reply) {
    return each.with(each.data().with(reply));
  }
}
