package io.skald.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import jakarta.persistence.Entity;
import org.junit.jupiter.api.Test;

/** The walls of the orchestrator. Ordinary tests on purpose: they can't silently not run. */
final class HouseRulesTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.skald.orchestrator", "io.skald.machine", "io.skald.saga");

  private static final String ROOT = "io.skald.orchestrator";

  @Test
  void shouldSeeAllOfIt_whenImported() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName))
        .contains(
            ROOT,
            ROOT + ".lane",
            ROOT + ".journal",
            ROOT + ".messaging",
            ROOT + ".query",
            ROOT + ".rest",
            "io.skald.machine",
            "io.skald.saga");
  }

  @Test
  void shouldReachOnlyQueryAndLane_whenInRest() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".rest")
        .should()
        .dependOnClassesThat(in("journal", "messaging", "console", ""))
        .check(CLASSES);
  }

  @Test
  void shouldNotTouchTables_whenInRest() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".rest")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "io.agroal..", "org.hibernate..")
        .check(CLASSES);
  }

  @Test
  void shouldKnowNoLane_whenInQuery() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".query")
        .should()
        .dependOnClassesThat(in("lane", "messaging", "rest", "console", ""))
        .check(CLASSES);
  }

  @Test
  void shouldKnowNoTechnology_whenInLane() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".lane")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..",
            "java.sql..",
            "javax.sql..",
            "io.quarkus..",
            "com.fasterxml.jackson..",
            "jakarta..")
        .check(CLASSES);
  }

  @Test
  void shouldNotLookBackUp_whenInLane() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".lane")
        .should()
        .dependOnClassesThat(in("journal", "messaging", "query", "rest", "console", "config", ""))
        .check(CLASSES);
  }

  @Test
  void shouldNotLookBackUp_whenInTheCore() {
    noClasses()
        .that()
        .resideInAnyPackage("io.skald.machine..", "io.skald.saga..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("io.skald.saga..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.skald.machine..")
        .check(CLASSES);
  }

  @Test
  void shouldBeLeftAlone_whenInRest() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".rest")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAPackage(ROOT + ".rest")
        .check(CLASSES);
  }

  @Test
  void shouldBeFreeOfCycles_whenTheRootIsLeftOut() {
    slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                String name = javaClass.getPackageName();
                return name.startsWith("io.skald.") && !name.equals(ROOT)
                    ? SliceIdentifier.of(name)
                    : SliceIdentifier.ignore();
              }

              @Override
              public String getDescription() {
                return "packages without the root";
              }
            })
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  /**
   * In the tests of an application that has this as a jar, Quarkus loads their proxies by another
   * class loader, which sees public classes only.
   */
  @Test
  void shouldBePublic_whenHibernateMakesProxiesOfThem() {
    classes().that().areAnnotatedWith(Entity.class).should().bePublic().check(CLASSES);
  }

  /** Packages of the orchestrator by their last name; the empty name is the root. */
  private static DescribedPredicate<JavaClass> in(String... names) {
    return new DescribedPredicate<>("in orchestrator packages %s", String.join(", ", names)) {
      @Override
      public boolean test(JavaClass javaClass) {
        for (String name : names) {
          String wanted = name.isEmpty() ? ROOT : ROOT + "." + name;
          if (javaClass.getPackageName().equals(wanted)) {
            return true;
          }
        }
        return false;
      }
    };
  }
}
