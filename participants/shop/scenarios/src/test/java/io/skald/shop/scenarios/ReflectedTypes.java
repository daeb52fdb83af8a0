package io.skald.shop.scenarios;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Which types of an application must be readable as JSON, found by other means than those that
 * register them: commands and replies by their interface, data by the producers of definitions, and
 * whatever class is handed to Jackson or Hibernate; with all that they hold.
 */
final class ReflectedTypes {

  /** What Jackson reads, and what Hibernate makes of a row of a query. */
  private static final List<String> REFLECTING =
      List.of(
          "com/fasterxml/jackson/databind/",
          "io/quarkus/hibernate/orm/panache/",
          "jakarta/persistence/",
          "org/hibernate/");

  private final NativeSources sources;
  private final Class<?> command;
  private final Class<?> definition;
  private final Map<String, String> found = new TreeMap<>();

  private ReflectedTypes(NativeSources sources) {
    this.sources = sources;
    this.command = sources.type("io.skald.saga.message.Command");
    this.definition = sources.type("io.skald.saga.SagaDefinition");
  }

  /** Their names, each with why it is among them. */
  static Map<String, String> of(NativeSources sources) {
    ReflectedTypes types = new ReflectedTypes(sources);
    sources.classesBelow("io.skald").forEach(types::look);
    return types.found;
  }

  private void look(Class<?> type) {
    if (command.isAssignableFrom(type) && type.isRecord()) {
      add(type, "a command");
      Arrays.stream(type.getGenericInterfaces())
          .filter(ParameterizedType.class::isInstance)
          .forEach(reply -> addArguments(reply, "the reply to " + type.getName()));
    }
    for (Method method : type.getDeclaredMethods()) {
      if (method.getReturnType() == definition
          && method.getAnnotations().length > 0
          && method.getGenericReturnType() instanceof ParameterizedType) {
        addArguments(method.getGenericReturnType(), "the data of " + method);
      }
    }
    addWhatLibrariesAreGiven(type);
  }

  private void addArguments(Type parameterized, String reason) {
    for (Type argument : ((ParameterizedType) parameterized).getActualTypeArguments()) {
      add(argument, reason);
    }
  }

  private void add(Type type, String reason) {
    switch (type) {
      case Class<?> array when array.isArray() -> add(array.getComponentType(), reason);
      case Class<?> plain -> addClass(plain, reason);
      case ParameterizedType parameterized -> {
        add(parameterized.getRawType(), reason);
        addArguments(parameterized, reason);
      }
      case GenericArrayType array -> add(array.getGenericComponentType(), reason);
      default -> {}
    }
  }

  private void addClass(Class<?> type, String reason) {
    if (!type.getName().startsWith("io.skald.")
        || found.putIfAbsent(type.getName(), reason) != null) {
      return;
    }
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        add(field.getGenericType(), "held by " + type.getName());
      }
    }
    if (type.getGenericSuperclass() != null) {
      add(type.getGenericSuperclass(), "above " + type.getName());
    }
    if (type.isSealed()) {
      Arrays.stream(type.getPermittedSubclasses())
          .forEach(kind -> add(kind, "a kind of " + type.getName()));
    }
  }

  private void addWhatLibrariesAreGiven(Class<?> type) {
    try (InputStream file = sources.classFile(type)) {
      new ClassReader(file).accept(new Calls(type), ClassReader.SKIP_DEBUG);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to read the class file of " + type, e);
    }
  }

  /** Class literals that stand right before a call of what works by reflection. */
  private final class Calls extends ClassVisitor {
    private final Class<?> caller;

    Calls(Class<?> caller) {
      super(Opcodes.ASM9);
      this.caller = caller;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        private @Nullable String literal;

        @Override
        public void visitLdcInsn(Object constant) {
          literal = constant instanceof org.objectweb.asm.Type type ? type.getClassName() : null;
        }

        @Override
        public void visitMethodInsn(
            int opcode, String owner, String method, String types, boolean isInterface) {
          if (literal != null
              && types.contains("Ljava/lang/Class;")
              && REFLECTING.stream().anyMatch(owner::startsWith)) {
            add(sources.type(literal), "given to " + owner + " by " + caller.getName());
          }
          literal = null;
        }
      };
    }
  }
}
