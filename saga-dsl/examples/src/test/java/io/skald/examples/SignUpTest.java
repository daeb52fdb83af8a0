package io.skald.examples;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;

import io.skald.examples.SignUp.AccountOpened;
import io.skald.examples.SignUp.Activated;
import io.skald.examples.SignUp.AddressConfirmed;
import io.skald.examples.SignUp.LinkSent;
import io.skald.examples.SignUp.User;
import io.skald.examples.SignUp.VisitorRegistered;
import io.skald.examples.SignUp.Welcomed;
import io.skald.machine.IgnoreReason;
import io.skald.machine.SagaStatus;
import io.skald.testkit.SagaTest;
import org.junit.jupiter.api.Test;

class SignUpTest {

  private final SagaTest<User> saga =
      SagaTest.of(SignUp.definition())
          .start(User.of(new VisitorRegistered("U-1", "ann@example.org")))
          .succeed("account", new AccountOpened())
          .succeed("link", new LinkSent());

  @Test
  void shouldActivate_whenTheLinkIsUsedInTime() {
    saga.advance(ofDays(3).minus(ofHours(1)))
        .signal("confirmation", new AddressConfirmed("phone"))
        .succeed("activation", new Activated())
        .succeed("welcome", new Welcomed())
        .expectData(new User("U-1", "ann@example.org", "phone"))
        .expectStatus(SagaStatus.COMPLETED);
  }

  @Test
  void shouldCloseTheAccount_whenTheLinkIsNotUsedForThreeDays() {
    saga.advance(ofDays(3))
        .expectCompensations("account")
        .signal("confirmation", new AddressConfirmed("phone"))
        .expectIgnored(IgnoreReason.TURNED_BACK)
        .compensated("account")
        .expectStatus(SagaStatus.COMPENSATED);
  }
}
