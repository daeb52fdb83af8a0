package io.skald.saga;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/**
 * The walls of the language. Each is a plain test, for a rule that runs nowhere is always green.
 */
class ArchitectureTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.skald.saga");

  @Test
  void shouldBeLookedAt_whenRulesAreChecked() {
    assertThat(MAIN.contain(Saga.class)).isTrue();
    assertThat(MAIN.contain(Orders.class)).isFalse();
    assertThat(MAIN).hasSizeGreaterThan(25);
  }

  @Test
  void shouldNeedOnlyTheJdk_whenCompiledAgainst() {
    ArchRule rule =
        classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "io.skald.saga..",
                "org.jspecify.annotations",
                "java.io",
                "java.lang..",
                "java.nio..",
                "java.security",
                "java.time..",
                "java.util..")
            .because("users and participants compile against it, whatever else they use");
    rule.check(MAIN);
  }

  @Test
  void shouldNotKnowTheLanguage_whenAMessageIsReadOrWritten() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("io.skald.saga.message..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.skald.saga")
            .because("participants share the messages, and run no sagas");
    rule.check(MAIN);
  }

  @Test
  void shouldHaveNoCycles_whenPackagesUseEachOther() {
    slices().matching("io.skald.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void shouldReadNoClock_whenAskedForAnything() {
    ArchRule rule =
        noClasses()
            .should()
            .callMethodWhere(
                target(owner(nameMatching("java\\.time\\..*"))).and(target(nameMatching("now"))))
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.time\\.(Clock|InstantSource)|java\\.util\\.(Date|Calendar)")
            .orShould()
            .callMethodWhere(
                target(owner(nameMatching("java\\.lang\\.System")))
                    .and(target(nameMatching("currentTimeMillis|nanoTime"))))
            .because("time comes in by the door");
    rule.check(MAIN);
  }

  @Test
  void shouldDrawNoRandomNumber_whenAskedForAnything() {
    ArchRule rule =
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                "java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)"
                    + "|java\\.util\\.random\\..*|java\\.security\\.SecureRandom")
            .orShould()
            .callMethodWhere(target(nameMatching("randomUUID|random|shuffle")))
            .because("chance comes in by the door");
    rule.check(MAIN);
  }

  @Test
  void shouldStartNoThreadAndHoldNoLock_whenAskedForAnything() {
    ArchRule rule =
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                "java\\.lang\\.(Thread|ThreadLocal|Process|ProcessBuilder).*"
                    + "|java\\.util\\.Timer.*|java\\.util\\.concurrent\\..*")
            .because("its values are immutable and its functions are pure");
    rule.check(MAIN);
  }
}
