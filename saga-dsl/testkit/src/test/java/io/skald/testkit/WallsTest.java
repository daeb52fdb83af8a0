package io.skald.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class WallsTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.skald.testkit");

  @Test
  void shouldWorkWithoutJUnit_whenThePlainApiIsUsed() {
    assertThat(MAIN.contain(FailureMatrix.class)).isTrue();
    noClasses()
        .that()
        .resideInAPackage("io.skald.testkit")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.junit..", "org.opentest4j..", "io.skald.testkit.junit..")
        .check(MAIN);
  }
}
