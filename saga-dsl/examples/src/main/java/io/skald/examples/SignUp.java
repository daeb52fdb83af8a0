package io.skald.examples;

import static java.time.Duration.ofDays;

import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;

/**
 * Somebody signs up: an account is made, a mail with a link is sent, and the account lives when the
 * link is used within three days. When nothing has come by then the account is taken away again.
 */
public final class SignUp {

  static final Topic VISITORS = Topic.of("visitor-events");
  static final Participant ACCOUNTS = Participant.named("user-accounts");
  static final Participant MAIL = Participant.named("mail");

  private SignUp() {}

  public record VisitorRegistered(String userId, String address) {}

  public record OpenAccount(String userId) implements Command<AccountOpened> {}

  public record AccountOpened() {}

  public record CloseAccount(String userId) implements Command<AccountClosed> {}

  public record AccountClosed() {}

  public record SendLink(String userId, String address) implements Command<LinkSent> {}

  public record LinkSent() {}

  /** The signal of the link. */
  public record AddressConfirmed(String from) {}

  public record Activate(String userId) implements Command<Activated> {}

  public record Activated() {}

  public record Welcome(String userId, String address) implements Command<Welcomed> {}

  public record Welcomed() {}

  /** What the saga carries along. */
  public record User(String id, String address, String confirmedFrom) {

    static User of(VisitorRegistered event) {
      return new User(event.userId(), event.address(), "");
    }

    User confirmed(AddressConfirmed confirmed) {
      return new User(id, address, confirmed.from());
    }
  }

  public static SagaDefinition<User> definition() {
    return Saga.define("sign-up", 1, User.class)
        .startedBy(VISITORS, VisitorRegistered.class, VisitorRegistered::userId, User::of)
        .step("account", ACCOUNTS, OpenAccount.class, user -> new OpenAccount(user.id()))
        .compensate(CloseAccount.class, user -> new CloseAccount(user.id()))
        .step("link", MAIL, SendLink.class, user -> new SendLink(user.id(), user.address()))
        .nothingToCompensate()
        .await("confirmation", AddressConfirmed.class, ofDays(3), User::confirmed)
        .pivot("activation", ACCOUNTS, Activate.class, user -> new Activate(user.id()))
        .then("welcome", MAIL, Welcome.class, user -> new Welcome(user.id(), user.address()))
        .build();
  }
}
