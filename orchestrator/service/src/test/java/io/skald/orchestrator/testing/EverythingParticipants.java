package io.skald.orchestrator.testing;

import io.quarkus.arc.profile.IfBuildProfile;
import io.skald.orchestrator.testing.Everything.Do;
import io.skald.orchestrator.testing.Everything.Done;
import io.skald.orchestrator.testing.Everything.Undo;
import io.skald.orchestrator.testing.Everything.Undone;
import io.skald.participant.BusinessRefusal;
import io.skald.participant.CommandContext;
import io.skald.participant.ParticipantService;
import io.skald.participant.ParticipantWorker;
import io.skald.participant.TransientFailure;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The store and the bank of {@link Everything}, as an application writes them. */
@Singleton
@IfBuildProfile(EverythingParticipants.PROFILE)
public class EverythingParticipants {

  static final String PROFILE = "everything";

  /** What is about one of these is refused, held until it is let go, or fails each time. */
  static final String REFUSED = "refused";

  static final String HELD = "held";
  static final String FAILING = "failing";

  private final ParticipantWorker worker;
  private final CountDownLatch held = new CountDownLatch(1);

  public EverythingParticipants(ParticipantWorker worker) {
    this.worker = worker;
  }

  @Incoming("store-commands")
  @Blocking
  void store(ConsumerRecords<String, byte[]> batch) {
    worker.handle(batch);
  }

  @Incoming("bank-commands")
  @Blocking
  void bank(ConsumerRecords<String, byte[]> batch) {
    worker.handle(batch);
  }

  @Produces
  @Singleton
  ParticipantService storeService() {
    return service(Everything.STORE.name());
  }

  @Produces
  @Singleton
  ParticipantService bankService() {
    return service(Everything.BANK.name());
  }

  private ParticipantService service(String name) {
    return ParticipantService.named(name)
        .action(Do.class, this::act)
        .compensation(Undo.class, this::undo)
        .build();
  }

  void letGo() {
    held.countDown();
  }

  Done act(Do command, CommandContext context) throws Exception {
    if (command.about().startsWith(REFUSED)) {
      throw new BusinessRefusal("NO_BOX", "There is no box for it");
    }
    boolean isPayment = command.what().equals("charge") || command.what().equals("pay");
    if (command.about().startsWith(FAILING) && isPayment) {
      throw new TransientFailure("BANK_AWAY", "Try later");
    }
    if (command.about().startsWith(HELD)) {
      held.await();
    }
    return new Done(command.what() + " " + command.about());
  }

  Undone undo(Undo command, CommandContext context) {
    return new Undone(command.what() + " " + command.about());
  }
}
