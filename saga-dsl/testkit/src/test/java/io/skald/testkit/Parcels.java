package io.skald.testkit;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;

import io.skald.saga.Each;
import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** A saga with every kind of block, and with places to plant bugs in. */
final class Parcels {

  private static final Retry THRICE = Retry.exponential(ofMillis(200)).maxAttempts(3);
  private static final Participant DEPOT = Participant.named("depot");
  private static final Participant OFFICE = Participant.named("office");

  private Parcels() {}

  record Parcel(String id, int grams) {}

  record Load(
      String id,
      List<Parcel> parcels,
      int shelves,
      Optional<String> form,
      Optional<String> policy,
      Optional<String> clerk) {

    static Load packed() {
      return new Load(
          "L-1",
          List.of(new Parcel("P-1", 10), new Parcel("P-2", 20)),
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    Load withShelves(int shelves) {
      return new Load(id, parcels, shelves, form, policy, clerk);
    }

    Load withForm(Declared declared) {
      return new Load(id, parcels, shelves, Optional.of(declared.form()), policy, clerk);
    }

    /** What is insured has a form by then. */
    Load withPolicy(Insured insured) {
      String policy = insured.policy() + " of " + form.orElseThrow();
      return new Load(id, parcels, shelves, form, Optional.of(policy), clerk);
    }

    Load clearedBy(Cleared cleared) {
      return new Load(id, parcels, shelves, form, policy, Optional.of(cleared.clerk()));
    }
  }

  record Store(String parcelId) implements Command<Stored> {}

  record Stored(String shelf, int shelves) {}

  record TakeOut(String parcelId) implements Command<TakenOut> {}

  record TakenOut() {}

  record Declare(String loadId) implements Command<Declared> {}

  record Declared(String form) {}

  record Withdraw(String form) implements Command<Withdrawn> {}

  record WithdrawAll(String loadId) implements Command<Withdrawn> {}

  record Withdrawn() {}

  record Insure(String loadId, String form) implements Command<Insured> {}

  record Insured(String policy) {}

  record EndInsurance(String loadId) implements Command<InsuranceEnded> {}

  record InsuranceEnded() {}

  record Screen(String loadId) implements Command<Screened> {}

  record Screened(int risk) {}

  record Cleared(String clerk) {}

  record Ask(String loadId) implements Command<Asked> {}

  record Asked() {}

  record TakeBack(String loadId) implements Command<TakenBack> {}

  record TakenBack() {}

  record Depart(String loadId) implements Command<Departed> {}

  record Departed() {}

  record Tell(String loadId) implements Command<Told> {}

  record Told() {}

  /** The functions into which a test plants a bug; without a word, as they should be. */
  record Functions(
      Function<Each<Load, Parcel>, TakeOut> takeOut,
      BiFunction<Load, Declared, Withdraw> withdraw,
      Function<Load, EndInsurance> endInsurance,
      BiFunction<Load, Screened, Load> screened,
      BiFunction<Load, Stored, Load> stored,
      Function<Load, Screen> screen,
      Predicate<Load> isHeavy,
      Function<Parcel, String> key) {

    static Functions sane() {
      return new Functions(
          each -> new TakeOut(each.item().id()),
          (load, declared) -> new Withdraw(declared.form()),
          load -> new EndInsurance(load.id()),
          (load, screened) -> load,
          (load, stored) -> load.withShelves(Math.max(load.shelves(), stored.shelves())),
          load -> new Screen(load.id()),
          load -> true,
          Parcel::id);
    }

    Functions takeOut(Function<Each<Load, Parcel>, TakeOut> planted) {
      return new Functions(planted, withdraw, endInsurance, screened, stored, screen, isHeavy, key);
    }

    Functions withdraw(BiFunction<Load, Declared, Withdraw> planted) {
      return new Functions(takeOut, planted, endInsurance, screened, stored, screen, isHeavy, key);
    }

    Functions endInsurance(Function<Load, EndInsurance> planted) {
      return new Functions(takeOut, withdraw, planted, screened, stored, screen, isHeavy, key);
    }

    Functions screened(BiFunction<Load, Screened, Load> planted) {
      return new Functions(takeOut, withdraw, endInsurance, planted, stored, screen, isHeavy, key);
    }

    Functions stored(BiFunction<Load, Stored, Load> planted) {
      return new Functions(
          takeOut, withdraw, endInsurance, screened, planted, screen, isHeavy, key);
    }

    Functions screen(Function<Load, Screen> planted) {
      return new Functions(
          takeOut, withdraw, endInsurance, screened, stored, planted, isHeavy, key);
    }

    Functions isHeavy(Predicate<Load> planted) {
      return new Functions(takeOut, withdraw, endInsurance, screened, stored, screen, planted, key);
    }

    Functions key(Function<Parcel, String> planted) {
      return new Functions(
          takeOut, withdraw, endInsurance, screened, stored, screen, isHeavy, planted);
    }
  }

  static SagaDefinition<Load> sane() {
    return with(Functions.sane());
  }

  static SagaDefinition<Load> with(Functions functions) {
    return Saga.define("parcels", 1, Load.class)
        .startedByApi()
        .deadline(ofDays(9))
        .forEach(
            "each-parcel",
            Parcel.class,
            Load::parcels,
            functions.key(),
            5,
            each ->
                each.step("store", DEPOT, Store.class, of -> new Store(of.item().id()))
                    .retry(THRICE)
                    .onReply((of, stored) -> of.with(functions.stored().apply(of.data(), stored)))
                    .compensate(TakeOut.class, functions.takeOut()))
        .parallel(
            "papers",
            both ->
                both.step("screen", OFFICE, Screen.class, functions.screen())
                    .retry(THRICE)
                    .onReply(functions.screened())
                    .nothingToCompensate()
                    .inOrder(
                        line ->
                            line.step("declare", OFFICE, Declare.class, l -> new Declare(l.id()))
                                .retry(THRICE)
                                .onReply(Load::withForm)
                                .compensate(
                                    Withdraw.class,
                                    functions.withdraw(),
                                    WithdrawAll.class,
                                    l -> new WithdrawAll(l.id()))
                                .step(
                                    "insure",
                                    OFFICE,
                                    Insure.class,
                                    l -> new Insure(l.id(), l.form().orElseThrow()))
                                .retry(THRICE)
                                .onReply(Load::withPolicy)
                                .compensate(EndInsurance.class, functions.endInsurance())))
        .when(
            "heavy",
            functions.isHeavy(),
            heavy ->
                heavy.await(
                    "clearance",
                    Cleared.class,
                    ofDays(2),
                    Load::clearedBy,
                    late ->
                        late.step("ask", OFFICE, Ask.class, l -> new Ask(l.id()))
                            .retry(THRICE)
                            .compensate(TakeBack.class, l -> new TakeBack(l.id()))))
        .pivot("depart", DEPOT, Depart.class, l -> new Depart(l.id()))
        .retry(THRICE)
        .parallel(
            "after",
            all ->
                all.then("tell-payer", OFFICE, Tell.class, l -> new Tell(l.id()))
                    .retry(THRICE)
                    .inOrder(
                        later ->
                            later
                                .pause("night", ofHours(8))
                                .await("arrival", Cleared.class, ofDays(5), (load, c) -> load)
                                .then("tell-owner", OFFICE, Tell.class, l -> new Tell(l.id()))
                                .retry(THRICE)))
        .build();
  }
}
