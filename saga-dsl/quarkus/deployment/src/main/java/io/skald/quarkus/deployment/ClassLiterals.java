package io.skald.quarkus.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.jandex.DotName;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The class literals in the code of a class, lambdas included: {@code Order.class}. Without those
 * of its loggers and assertions, which name the class itself and not what it reads and writes.
 */
final class ClassLiterals extends ClassVisitor {

  private final Set<DotName> found = new TreeSet<>();

  private ClassLiterals() {
    super(Opcodes.ASM9);
  }

  static Set<DotName> in(DotName type, ClassFiles files) {
    try (InputStream file = files.open(type.toString().replace('.', '/') + ".class")) {
      if (file == null) {
        return Set.of();
      }
      ClassLiterals literals = new ClassLiterals();
      new ClassReader(file).accept(literals, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      return literals.found;
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to read the class file of " + type, e);
    }
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    return new Literals();
  }

  /** Of one method. What a literal is for, the call after it says. */
  private final class Literals extends MethodVisitor {

    private @Nullable Type last;

    Literals() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visitLdcInsn(Object constant) {
      if (constant instanceof Type literal && literal.getSort() == Type.OBJECT) {
        take();
        last = literal;
      }
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      // getLogger, and getLog of Commons Logging.
      boolean isForLogger = name.startsWith("getLog");
      boolean asksItself = owner.equals("java/lang/Class") && descriptor.startsWith("()");
      if (isForLogger || asksItself) {
        last = null;
      }
      take();
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      take();
    }

    @Override
    public void visitEnd() {
      take();
    }

    private void take() {
      if (last != null) {
        found.add(DotName.createSimple(last.getClassName()));
        last = null;
      }
    }
  }
}
