package io.skald.machine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.Serial;
import java.io.Serializable;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * The walls of the pure core. Each rule is an ordinary test that calls {@code check}: there was a
 * surefire that ran no {@code @ArchTest} field and stayed green.
 */
class MachineWallsTest {

  private static final JavaClasses MACHINE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.skald.machine", "io.skald.saga");

  @Test
  void shouldDependOnNothingButTheLanguage() {
    classes()
        .that()
        .resideInAPackage("io.skald.machine..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "io.skald.machine..",
                    "io.skald.saga..",
                    "org.jspecify.annotations..",
                    "java.lang",
                    "java.lang.annotation",
                    "java.lang.invoke",
                    "java.lang.runtime",
                    "java.nio.charset",
                    "java.security",
                    "java.time..",
                    "java.util",
                    "java.util.function",
                    "java.util.regex",
                    "java.util.stream")
                .or(type(Serial.class))
                .or(type(Serializable.class)))
        .check(MACHINE);
  }

  @Test
  void shouldReadNoClock() {
    noClasses()
        .should()
        .accessTargetWhere(
            called(Instant.class, "now")
                .or(called(Clock.class, "system.*|tick.*"))
                .or(called(InstantSource.class, "system"))
                .or(called(System.class, "currentTimeMillis|nanoTime"))
                .or(nowOf("java.time..")))
        .check(MACHINE);
  }

  @Test
  void shouldDrawNoRandomNumbers() {
    noClasses()
        .should()
        .dependOnClassesThat(
            DescribedPredicate.or(
                type(Random.class),
                type(SecureRandom.class),
                type(ThreadLocalRandom.class),
                resideInAnyPackage("java.util.random..")))
        .orShould()
        .accessTargetWhere(called(Math.class, "random").or(called(UUID.class, "randomUUID")))
        .check(MACHINE);
  }

  @Test
  void shouldKnowNoThreads() {
    noClasses()
        .should()
        .dependOnClassesThat(
            DescribedPredicate.or(
                type(Thread.class),
                type(ThreadLocal.class),
                type(Runnable.class),
                resideInAnyPackage("java.util.concurrent..")))
        .check(MACHINE);
  }

  @Test
  void shouldNotTouchTheSystem() {
    noClasses()
        .that()
        .resideInAPackage("io.skald.machine..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.or(
                type(System.class),
                type(System.Logger.class),
                type(Runtime.class),
                type(Process.class),
                type(ProcessBuilder.class)))
        .check(MACHINE);
  }

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.skald.(**)").should().beFreeOfCycles().check(MACHINE);
  }

  @Test
  void shouldNotBeKnownToTheLanguage() {
    noClasses()
        .that()
        .resideInAPackage("io.skald.saga..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.skald.machine..")
        .check(MACHINE);
  }

  private static DescribedPredicate<JavaAccess<?>> called(Class<?> owner, String method) {
    return DescribedPredicate.describe(
        owner.getSimpleName() + "." + method,
        call -> call.getTargetOwner().isEquivalentTo(owner) && call.getName().matches(method));
  }

  private static DescribedPredicate<JavaAccess<?>> nowOf(String packages) {
    DescribedPredicate<JavaClass> owners = resideInAnyPackage(packages);
    return DescribedPredicate.describe(
        "now() of " + packages,
        call -> owners.test(call.getTargetOwner()) && call.getName().equals("now"));
  }
}
