package convoy.scheduler;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The structure that DESIGN section 3 gives the program, over the classes of all modules. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  private JavaClasses program;

  @BeforeAll
  void readAllModules() {
    program =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("convoy");
  }

  @Test
  void everyModuleIsLookedAt() {
    for (String module :
        new String[] {"config", "data", "readers", "writers", "jobs", "scheduler"}) {
      assertThat(program)
          .as(module)
          .anyMatch(type -> type.getPackageName().startsWith("convoy." + module));
    }
  }

  @Test
  void importsGoDownOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("convoy..")
        .layer("scheduler")
        .definedBy("convoy.scheduler..")
        .layer("jobs")
        .definedBy("convoy.jobs..")
        .layer("readers")
        .definedBy("convoy.readers..")
        .layer("writers")
        .definedBy("convoy.writers..")
        .layer("data")
        .definedBy("convoy.data..")
        .layer("config")
        .definedBy("convoy.config..")
        .whereLayer("scheduler")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("jobs")
        .mayOnlyBeAccessedByLayers("scheduler")
        .whereLayer("readers")
        .mayOnlyBeAccessedByLayers("jobs", "scheduler")
        .whereLayer("writers")
        .mayOnlyBeAccessedByLayers("jobs", "scheduler")
        .whereLayer("data")
        .mayOnlyBeAccessedByLayers("readers", "writers", "jobs", "scheduler")
        .ensureAllClassesAreContainedInArchitecture()
        .check(program);
  }

  @Test
  void theDomainKnowsNoFrameworkNoDatabaseAndNoSettings() {
    noClasses()
        .that()
        .resideInAPackage("convoy.data..")
        .and()
        .resideOutsideOfPackage("convoy.data.duckdb..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "java.sql..",
            "javax.sql..",
            "org.duckdb..",
            "convoy.data.duckdb..",
            "convoy.config..")
        .check(program);
  }

  @Test
  void sqlIsRunInOnePackageAndTheJobDatabaseSetUpInThree() {
    noClasses()
        .that(
            resideOutsideOfPackage("convoy.data.duckdb..")
                .and(
                    resideInAnyPackage(
                            "convoy.jobs.platform..",
                            "convoy.scheduler.launch..",
                            "convoy.scheduler.quartz..")
                        .negate()))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..", "javax.sql..", "org.duckdb..", "org.springframework.jdbc..")
        .check(program);
  }

  @Test
  void onlyTheFleetStoreKnowsDuckDb() {
    noClasses()
        .that()
        .resideOutsideOfPackage("convoy.data.duckdb..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.duckdb..")
        .check(program);
  }

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage("convoy.scheduler.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(program);
    noClasses().should().callMethodWhere(target(name("printStackTrace"))).check(program);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses().should().haveNameMatching(".*(Impl|Manager|Utils?|Helper)").check(program);
  }
}
