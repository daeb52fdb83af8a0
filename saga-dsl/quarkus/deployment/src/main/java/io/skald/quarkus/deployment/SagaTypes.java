package io.skald.quarkus.deployment;

import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type;

/**
 * Which of an application's types travel as JSON: commands with their replies, and every class that
 * code names where it defines a saga or a participant. There a class literal is what makes a type
 * known at run time ({@code Saga.define("order", 1, Order.class)}, {@code .startedBy(…,
 * OrderCreated.class, …)}, {@code .await("approval", Approval.class)}, {@code
 * .action(ProcessPayment.class, …)}), so that all of them are found whether or not the jar that
 * they come from has a Jandex index. With them all that their fields hold, in collections too, and
 * the kinds that a sealed type permits or an index knows.
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
  private final Map<DotName, String> found = new TreeMap<>();
  private final Deque<ClassInfo> toFollow = new ArrayDeque<>();

  /**
   * @param index of the whole application; it finds classes by name that are in no index, too
   */
  private SagaTypes(IndexView index, ClassFiles classFiles) {
    this.index = index;
    this.classFiles = classFiles;
  }

  /** Their names, each with why it is among them. */
  static Map<DotName, String> of(IndexView index, ClassFiles classFiles) {
    SagaTypes types = new SagaTypes(index, classFiles);
    types.find();
    return types.found;
  }

  private void find() {
    for (ClassInfo command : index.getAllKnownImplementations(COMMAND)) {
      add(command.name(), "a command");
    }
    for (DotName author : authors()) {
      for (DotName named : ClassLiterals.in(author, classFiles)) {
        add(named, "named by " + author);
      }
    }
    while (!toFollow.isEmpty()) {
      follow(toFollow.remove());
    }
  }

  private void add(DotName type, String reason) {
    if (PLATFORM.stream().anyMatch(type.toString()::startsWith)
        || found.putIfAbsent(type, reason) != null) {
      return;
    }
    ClassInfo info = index.getClassByName(type);
    if (info != null) {
      toFollow.add(info);
    }
  }

  private void follow(ClassInfo type) {
    for (Type implemented : type.interfaceTypes()) {
      if (implemented.name().equals(COMMAND)) {
        addArguments(implemented, "the reply to " + type.name());
      }
    }
    for (FieldInfo field : type.fields()) {
      if (!Modifier.isStatic(field.flags())) {
        add(field.type(), "held by " + type.name());
      }
    }
    if (type.superClassType() != null) {
      add(type.superClassType(), "above " + type.name());
    }
    addKinds(type);
  }

  private void add(Type type, String reason) {
    switch (type.kind()) {
      case CLASS -> add(type.name(), reason);
      case ARRAY -> add(type.asArrayType().elementType(), reason);
      case PARAMETERIZED_TYPE -> {
        add(type.name(), reason);
        addArguments(type, reason);
      }
      case WILDCARD_TYPE -> add(type.asWildcardType().extendsBound(), reason);
      default -> {}
    }
  }

  private void addArguments(Type type, String reason) {
    if (type.kind() == Type.Kind.PARAMETERIZED_TYPE) {
      type.asParameterizedType().arguments().forEach(argument -> add(argument, reason));
    }
  }

  private void addKinds(ClassInfo type) {
    String reason = "a kind of " + type.name();
    type.permittedSubclasses().forEach(kind -> add(kind, reason));
    if (type.name().equals(COMMAND)) {
      return;
    }
    if (type.isInterface()) {
      index.getAllKnownImplementations(type.name()).forEach(kind -> add(kind.name(), reason));
    } else {
      index.getAllKnownSubclasses(type.name()).forEach(kind -> add(kind.name(), reason));
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
