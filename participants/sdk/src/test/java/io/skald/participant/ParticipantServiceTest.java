package io.skald.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.participant.TestMessages.PaymentProcessed;
import io.skald.participant.TestMessages.ProcessPayment;
import io.skald.participant.TestMessages.ProcessPaymentInCurrency;
import io.skald.saga.message.MessageType;
import org.junit.jupiter.api.Test;

class ParticipantServiceTest {

  @Test
  void shouldKnowItsCommands_whenBuilt() {
    ParticipantService service =
        ParticipantService.named("payment")
            .action(ProcessPayment.class, ParticipantServiceTest::process)
            .action(ProcessPaymentInCurrency.class, (c, x) -> new PaymentProcessed("", c.amount()))
            .build();

    assertThat(service.commands())
        .containsExactlyInAnyOrder(
            new MessageType("ProcessPayment", 1), new MessageType("ProcessPayment", 2));
  }

  @Test
  void shouldSayAllFaults_whenBuilt() {
    ParticipantService.Builder twice =
        ParticipantService.named("payment")
            .action(ProcessPayment.class, ParticipantServiceTest::process)
            .action(ProcessPayment.class, ParticipantServiceTest::process);

    assertThatThrownBy(twice::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'payment'")
        .hasMessageContaining("two handlers for action 'ProcessPayment v1'");
    assertThatThrownBy(() -> ParticipantService.named("payment").build())
        .hasMessageContaining("no handler");
    assertThatThrownBy(() -> ParticipantService.named("Payment"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static PaymentProcessed process(ProcessPayment command, CommandContext context) {
    return new PaymentProcessed("P", command.amount());
  }
}
