package io.skald.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.Attempts;
import io.skald.machine.BlockState;
import io.skald.machine.IgnoreReason;
import io.skald.machine.Input;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.ItemsTaken;
import io.skald.machine.JournalEntry.SagaCompensating;
import io.skald.machine.JournalEntry.SagaCompleted;
import io.skald.machine.JournalEntry.SignalKept;
import io.skald.machine.JournalEntry.SignalTaken;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.machine.JournalEntry.WaitBegan;
import io.skald.machine.JournalEntry.WayChosen;
import io.skald.saga.StepKind;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import io.skald.testkit.FailureCase.Strike;
import io.skald.testkit.Parcels.Cleared;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Breaks the machine's way through blocks, and sees the matrix name the law. */
class BrokenBlocksTest {

  private static final PayloadCodec CODEC = new JacksonPayloadCodec();
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private enum Break implements BrokenMachine.Break {
    UNDOES_A_BRANCH_FROM_ITS_BEGINNING(Law.WRONG_ORDER) {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        boolean first = isIssued(entry, "insure", Phase.COMPENSATION) && !isRetry(entry);
        return first ? Stream.of(withdrawal(), entry) : Stream.of(entry);
      }
    },
    UNDOES_ITEMS_BEFORE_WHAT_CAME_BEHIND_THEM(Law.WRONG_ORDER) {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        boolean first = isIssued(entry, "declare", Phase.COMPENSATION) && !isRetry(entry);
        return first ? Stream.of(takingOut("P-1"), entry) : Stream.of(entry);
      }
    },
    DOES_NOT_LET_BRANCHES_SETTLE(Law.COMPENSATED_TOO_EARLY) {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof SagaCompensating back
                && back.failedStep().equals(Optional.of(new StepName("screen")))
            ? Stream.of(entry, takingOut("P-1"))
            : Stream.of(entry);
      }
    },
    FORGETS_TO_UNDO_AN_ITEM(Law.NOT_COMPENSATED) {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return isIssued(entry, "store/P-2", Phase.COMPENSATION)
            ? Stream.of(new JournalEntry.SagaCompensated())
            : Stream.of(entry);
      }
    },
    TAKES_A_SIGNAL_TWICE(Law.SETTLED_TWICE) {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof SignalTaken ? Stream.of(entry, entry) : Stream.of(entry);
      }
    },
    CHOOSES_TWICE(Law.SETTLED_TWICE) {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof WayChosen ? Stream.of(entry, entry) : Stream.of(entry);
      }
    },
    TAKES_ITEMS_TWICE(Law.SETTLED_TWICE) {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof ItemsTaken ? Stream.of(entry, entry) : Stream.of(entry);
      }
    },
    GOES_PAST_A_CHOICE(Law.WRONG_EFFECTS) {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof WayChosen ? Stream.of() : Stream.of(entry);
      }
    },
    DOES_NOT_WAIT_FOR_THE_OTHER_BRANCH(Law.WRONG_EFFECTS) {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof StepSucceeded done && done.step().value().equals("tell-payer")
            ? Stream.of(entry, new SagaCompleted())
            : Stream.of(entry);
      }
    },
    LOSES_AN_ITEM(Law.JOURNAL_DIFFERS) {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof ItemsTaken taken
            ? Stream.of(new ItemsTaken(taken.block(), taken.items().subList(0, 1)))
            : Stream.of(entry);
      }

      @Override
      public boolean onlyInTheJournal() {
        return true;
      }
    },
    TAKES_ANOTHER_ITEM_FOR_IT(Law.UNDOES_SOMETHING_ELSE) {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof ItemsTaken taken
            ? Stream.of(
                new ItemsTaken(
                    taken.block(),
                    taken.items().reversed().stream()
                        .map(i -> new BlockState.Item(i.key(), taken.items().getFirst().json()))
                        .toList()))
            : Stream.of(entry);
      }
    },
    FORGETS_TO_WAKE_AFTER_A_PAUSE(Law.NEVER_WAKES) {
      @Override
      public Stream<JournalEntry> entry(JournalEntry entry, Input input) {
        return entry instanceof WaitBegan wait && wait.block().value().equals("night")
            ? Stream.of()
            : Stream.of(entry);
      }
    };

    private final Law law;

    Break(Law law) {
      this.law = law;
    }
  }

  @ParameterizedTest
  @EnumSource(Break.class)
  void shouldNameTheLaw_whenTheMachineBreaksItInABlock(Break broken) {
    // when
    MatrixReport report = matrix(broken).pairs(50).run();
    // then
    assertThat(report.broken())
        .extracting(result -> result.broken().orElseThrow().law())
        .contains(broken.law);
  }

  @Test
  void shouldNoticeASignalThatIsKeptOnceMore_whenASagaIsAtRest() {
    // given
    BrokenMachine.Break forgetful =
        (entry, input) ->
            entry instanceof InputIgnored ignored
                    && ignored.reason() == IgnoreReason.REPEATED_SIGNAL
                    && input instanceof Input.SignalSent signal
                ? Stream.of(new SignalKept(signal.block(), signal.id(), signal.payload()))
                : Stream.of(entry);
    Strike refuses = new Strike(new StepName("tell-payer"), Fault.REFUSES);
    FailureMatrix<Parcels.Load> matrix = matrix(forgetful);
    // when
    CaseResult result = matrix.run(FailureCase.of(refuses), matrix.report());
    // then
    assertThat(result.broken())
        .hasValueSatisfying(broken -> assertThat(broken.law()).isEqualTo(Law.SETTLED_TWICE));
  }

  private static FailureMatrix<Parcels.Load> matrix(BrokenMachine.Break broken) {
    return FailureMatrix.of(
            Parcels.sane(), Parcels.Load.packed(), CODEC, new BrokenMachine(CODEC, broken))
        .signal("clearance", new Cleared("ann"))
        .signal("arrival", new Cleared("ben"));
  }

  private static boolean isIssued(JournalEntry entry, String step, Phase phase) {
    return entry instanceof CommandIssued command
        && command.phase() == phase
        && command.step().equals(StepName.parse(step));
  }

  private static boolean isRetry(JournalEntry entry) {
    return entry instanceof CommandIssued command && command.attempts().number() > 1;
  }

  private static CommandIssued withdrawal() {
    return undoing("declare", "office", new Parcels.Withdraw("declare.form"));
  }

  private static CommandIssued takingOut(String parcel) {
    return undoing("store/" + parcel, "depot", new Parcels.TakeOut(parcel));
  }

  private static CommandIssued undoing(String step, String participant, Object command) {
    return new CommandIssued(
        StepName.parse(step),
        StepKind.COMPENSATABLE,
        Phase.COMPENSATION,
        new Attempts(1, 1, NOW),
        Participant.named(participant),
        MessageType.of(command.getClass()),
        CODEC.encode(command),
        NOW.plusSeconds(30));
  }
}
