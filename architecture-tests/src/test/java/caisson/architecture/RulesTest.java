package caisson.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** What holds for code wherever it stands. */
class RulesTest {
  @Test
  void nativeCodeIsInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackages("caisson.linux..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..")
        .check(Code.ALL);
  }

  @Test
  void onlyProgramsReadTheEnvironment() {
    noClasses()
        .that()
        .resideOutsideOfPackages("caisson.daemon..", "caisson.cli..")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class, String.class)
        .orShould()
        .callMethod(System.class, "getProperties")
        .because("what a class needs it is handed")
        .check(Code.ALL);
  }

  @Test
  void namesAreNouns() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .check(Code.ALL);
  }

  @Test
  void classesThatAreNotMadeForItAreFinal() {
    ArchRuleDefinition.classes()
        .that()
        .areTopLevelClasses()
        .and()
        .areNotInterfaces()
        .should(beFinalOrAbstract())
        .check(Code.ALL);
  }

  private static ArchCondition<JavaClass> beFinalOrAbstract() {
    return new ArchCondition<>("be final or abstract") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        var modifiers = type.getModifiers();
        boolean closed =
            modifiers.contains(JavaModifier.FINAL)
                || modifiers.contains(JavaModifier.ABSTRACT)
                || type.isEnum();
        events.add(new SimpleConditionEvent(type, closed, type.getName() + " is open"));
      }
    };
  }

  @Test
  void theHostNeverMakesAThreadThatNobodyNamed() {
    noClasses().should().callConstructor(Thread.class, Runnable.class).check(Code.ALL);
  }
}
