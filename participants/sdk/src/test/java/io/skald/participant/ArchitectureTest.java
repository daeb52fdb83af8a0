package io.skald.participant;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private final JavaClasses main =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.skald.participant");

  @Test
  void shouldKnowNothingOfSkaldButTheMessages() {
    classes()
        .that()
        .resideInAPackage("io.skald.participant..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.skald.participant..",
            "io.skald.saga.message..",
            "java..",
            "javax..",
            "jakarta..",
            "org..",
            "com.fasterxml..",
            "io.quarkus..",
            "io.smallrye..",
            "io.agroal..",
            "io.micrometer..")
        .check(main);
  }

  @Test
  void shouldNotReachOrchestratorOrMachine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.skald.machine..", "io.skald.orchestrator..", "io.skald.saga")
        .check(main);
  }

  @Test
  void shouldDecideWithoutOutsideWorld() {
    classes()
        .that()
        .haveSimpleName("Fence")
        .or()
        .haveSimpleNameStartingWith("Fence$")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java.lang..", "io.skald..")
        .check(main);
  }
}
