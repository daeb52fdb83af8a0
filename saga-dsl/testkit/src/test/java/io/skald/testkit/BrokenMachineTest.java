package io.skald.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.Attempts;
import io.skald.machine.CompensationCause;
import io.skald.machine.IgnoreReason;
import io.skald.machine.Input;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.SagaAborted;
import io.skald.machine.JournalEntry.SagaCompensated;
import io.skald.machine.JournalEntry.SagaCompensating;
import io.skald.machine.JournalEntry.SagaCompleted;
import io.skald.machine.JournalEntry.SagaParked;
import io.skald.machine.JournalEntry.SagaResumed;
import io.skald.machine.JournalEntry.StepRejected;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.machine.ParkReason;
import io.skald.saga.StepKind;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Breaks the machine in one way for each law, and sees the matrix name that law. */
class BrokenMachineTest {

  private static final PayloadCodec CODEC = new JacksonPayloadCodec();
  private static final StepName PAYMENT = new StepName("payment");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** What a broken machine makes of each entry that a sound one records. */
  private enum Break implements BrokenMachine.Break {
    SETTLED_TWICE {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof InputIgnored ignored
                && ignored.reason() == IgnoreReason.ALREADY_SETTLED
                && input instanceof Input.ReplyReceived reply
                && reply.phase() == Phase.ACTION
            ? Stream.of(new StepSucceeded(reply.step(), 1, "{}", Optional.empty()))
            : Stream.of(entry);
      }
    },
    RESUMED_BY_A_REPEAT {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof InputIgnored ignored && ignored.reason() == IgnoreReason.PARKED
            ? Stream.of(new SagaResumed("nobody", "a repeat"), secondMail())
            : Stream.of(entry);
      }

      @Override
      Law law() {
        return Law.SETTLED_TWICE;
      }
    },
    NOT_COMPENSATED {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return isCompensation(entry) ? Stream.of(new SagaCompensated()) : Stream.of(entry);
      }
    },
    COMPENSATED_THOUGH_REFUSED {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof SagaCompensated && refusal(input)
            ? Stream.of(compensationFrom("payment"))
            : Stream.of(entry);
      }
    },
    WRONG_ORDER {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        boolean first =
            entry instanceof CommandIssued command
                && command.phase() == Phase.COMPENSATION
                && command.step().value().equals("inventory")
                && !(input instanceof Input.ReplyReceived reply
                    && reply.phase() == Phase.COMPENSATION);
        return first ? Stream.of(compensationFrom("payment")) : Stream.of(entry);
      }
    },
    OTHER_PARTICIPANT {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return isCompensation(entry) ? Stream.of(compensationFrom("stranger")) : Stream.of(entry);
      }
    },
    WRONG_EFFECTS {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof CommandIssued command && command.kind() == StepKind.PIVOT
            ? Stream.of(entry, new SagaCompleted())
            : Stream.of(entry);
      }
    },
    BACK_PAST_PIVOT {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof SagaParked parked && parked.reason() == ParkReason.STEP_GIVEN_UP
            ? Stream.of(
                new SagaCompensating(
                    CompensationCause.STEP_GIVEN_UP,
                    parked.step(),
                    Optional.of(parked.problem()),
                    Optional.empty()),
                new SagaCompensated())
            : Stream.of(entry);
      }
    },
    NEVER_WAKES {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof CommandIssued && input instanceof Input.StartRequested
            ? Stream.of()
            : Stream.of(entry);
      }
    },
    NO_REST {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof SagaCompleted
            ? Stream.of(new SagaAborted("nobody", "no reason"))
            : Stream.of(entry);
      }
    },
    JOURNAL_DIFFERS {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof StepRejected ? Stream.of() : Stream.of(entry);
      }

      @Override
      public boolean onlyInTheJournal() {
        return true;
      }
    };

    Law law() {
      return Law.valueOf(name());
    }
  }

  @ParameterizedTest
  @EnumSource(Break.class)
  void shouldNameTheLaw_whenTheMachineBreaksIt(Break broken) {
    // when
    MatrixReport report =
        FailureMatrix.of(
                Shop.withMail(), Shop.Order.placed(), CODEC, new BrokenMachine(CODEC, broken))
            .pairs(50)
            .run();
    // then
    assertThat(report.broken())
        .extracting(result -> result.broken().orElseThrow().law())
        .contains(broken.law());
  }

  private static boolean isCompensation(JournalEntry entry) {
    return entry instanceof CommandIssued command
        && command.phase() == Phase.COMPENSATION
        && command.step().equals(PAYMENT);
  }

  private static boolean refusal(Input input) {
    return input instanceof Input.ReplyReceived reply && reply.step().equals(PAYMENT);
  }

  private static CommandIssued secondMail() {
    return new CommandIssued(
        new StepName("mail"),
        StepKind.RETRIABLE,
        Phase.ACTION,
        new Attempts(2, 1, NOW),
        Participant.named("mail"),
        MessageType.of(Shop.SendMail.class),
        CODEC.encode(new Shop.SendMail("O-1")),
        NOW);
  }

  private static CommandIssued compensationFrom(String participant) {
    return new CommandIssued(
        PAYMENT,
        StepKind.COMPENSATABLE,
        Phase.COMPENSATION,
        new Attempts(1, 1, NOW),
        Participant.named(participant),
        MessageType.of(Shop.VoidPayment.class),
        "{}",
        NOW);
  }
}
