package io.skald.quarkus.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.jandex.DotName;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The class literals in the code of a class, lambdas included: {@code Order.class}. */
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
    return new MethodVisitor(Opcodes.ASM9) {
      @Override
      public void visitLdcInsn(Object constant) {
        if (constant instanceof Type literal && literal.getSort() == Type.OBJECT) {
          found.add(DotName.createSimple(literal.getClassName()));
        }
      }
    };
  }
}
