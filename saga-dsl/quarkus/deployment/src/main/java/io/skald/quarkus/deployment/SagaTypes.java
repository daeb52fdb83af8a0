package io.skald.quarkus.deployment;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type;

/**
 * Which of an application's types travel as JSON: commands with their replies, and every class that
 * code names where it defines a saga or a participant. There a class literal is what makes a type
 * known at run time ({@code Saga.define("order", 1, Order.class)}, {@code .startedBy(…,
 * OrderCreated.class, …)}, {@code .await("approval", Approval.class)}, {@code
 * .action(ProcessPayment.class, …)}), so that all of them are found whether or not the jar that
 * they come from has a Jandex index. What their components hold is the caller's to follow.
 */
final class SagaTypes {

  private static final DotName COMMAND = DotName.createSimple("io.skald.saga.message.Command");
  private static final DotName DSL = DotName.createSimple("io.skald.saga");
  private static final List<DotName> PARTICIPANT =
      List.of(
          DotName.createSimple("io.skald.participant.ParticipantService"),
          DotName.createSimple("io.skald.participant.ParticipantService$Builder"));

  /** Skald itself, which talks of definitions everywhere. */
  private static final List<String> OWN =
      List.of(
          "io.skald.saga.", "io.skald.machine.", "io.skald.orchestrator.", "io.skald.participant.");

  /** Nobody's records. */
  private static final List<String> PLATFORM = List.of("java.", "javax.", "jakarta.");

  private final IndexView index;
  private final ClassFiles classFiles;

  /**
   * @param index of the whole application; it finds classes by name that are in no index, too
   */
  SagaTypes(IndexView index, ClassFiles classFiles) {
    this.index = index;
    this.classFiles = classFiles;
  }

  /** Their names, each with why it is among them. */
  Map<DotName, String> find() {
    Map<DotName, String> found = new TreeMap<>();
    for (ClassInfo command : index.getAllKnownImplementations(COMMAND)) {
      add(command.name(), "a command", found);
    }
    for (DotName author : authors()) {
      for (DotName named : ClassLiterals.in(author, classFiles)) {
        add(named, "named by " + author, found);
      }
    }
    return found;
  }

  private void add(DotName type, String reason, Map<DotName, String> found) {
    if (PLATFORM.stream().anyMatch(type.toString()::startsWith)
        || found.putIfAbsent(type, reason) != null) {
      return;
    }
    ClassInfo info = index.getClassByName(type);
    if (info == null) {
      return;
    }
    for (Type implemented : info.interfaceTypes()) {
      if (implemented.name().equals(COMMAND)
          && implemented.kind() == Type.Kind.PARAMETERIZED_TYPE) {
        Type reply = implemented.asParameterizedType().arguments().get(0);
        add(reply.name(), "the reply to " + type, found);
      }
    }
  }

  /** The classes whose code defines sagas or participants. */
  private Set<DotName> authors() {
    Set<DotName> authors = new TreeSet<>();
    for (ClassInfo dsl : index.getClassesInPackage(DSL)) {
      addUsers(dsl.name(), authors);
    }
    PARTICIPANT.forEach(builder -> addUsers(builder, authors));
    return authors;
  }

  private void addUsers(DotName used, Set<DotName> users) {
    for (ClassInfo user : index.getKnownUsers(used)) {
      if (OWN.stream().noneMatch(user.name().toString()::startsWith)) {
        users.add(user.name());
      }
    }
  }
}
