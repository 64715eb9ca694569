package caisson.agent.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.guest.protocol.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The rules are those of Docker's user lookup (moby/sys/user, GetExecUser). */
final class UserLookupTest {
  private static final List<String> PASSWD =
      List.of(
          "root:x:0:0:root:/root:/bin/sh",
          "ann:x:1000:1001::/home/ann:/bin/sh",
          "ann:x:1:1::/second:/bin/sh",
          "other:x:1000:7::/home/other:/bin/sh",
          "12:x:500:500::/home/twelve:",
          "homeless:x:9:9");

  private static final List<String> GROUP =
      List.of(
          "root:x:0:",
          "wheel:x:10:root,ann",
          "anna:x:11:anna",
          "ann:x:1001:",
          "video:x:44:bob,ann",
          "twice:x:44:ann",
          "77:x:78:");

  private static ContainerUser find(String specification, Integer... further) {
    return find(specification, List.of(), further);
  }

  private static ContainerUser find(String specification, List<String> named, Integer... further) {
    var lookup = new UserLookup(specification, named);
    PASSWD.forEach(lookup::passwdLine);
    GROUP.forEach(lookup::groupLine);
    return lookup.result(List.of(further));
  }

  @Test
  void isRootUnlessItSaysOtherwise() {
    assertThat(find("")).isEqualTo(new ContainerUser(0, 0, List.of(0, 10), "/root"));
  }

  @Test
  void findsNamesWithTheirGroupsAndTheFirstEntryCounts() {
    assertThat(find("ann"))
        .isEqualTo(new ContainerUser(1000, 1001, List.of(1001, 10, 44), "/home/ann"));
  }

  @Test
  void takesNumbersForNumbersAlone() {
    assertThat(find("1000").home()).isEqualTo("/home/ann");
    assertThat(find("12")).isEqualTo(new ContainerUser(12, 0, List.of(0), "/"));
    assertThat(find("0:77").gid()).isEqualTo(77);
  }

  @Test
  void aNamedGroupIsTheOnlyOne() {
    assertThat(find("ann:video")).isEqualTo(new ContainerUser(1000, 44, List.of(44), "/home/ann"));
    assertThat(find(":wheel").gid()).isEqualTo(10);
    assertThat(find("5000:6000").groups()).containsExactly(6000);
  }

  @Test
  void addsFurtherGroupsOnce() {
    assertThat(find("ann", 10, 3).groups()).containsExactly(1001, 10, 44, 3);
  }

  @Test
  void addsTheContainersGroupsByNameAndByNumber() {
    assertThat(find("ann", List.of("wheel", "video", "twice", "77", "5"), 3).groups())
        .containsExactly(1001, 10, 44, 77, 5, 3);
    assertThat(find("5000:6000", List.of("anna")).groups()).containsExactly(6000, 11);
    assertThatThrownBy(() -> find("ann", List.of("nobodys")))
        .hasMessage("unable to find group nobodys: no matching entries in group file");
    assertThatThrownBy(() -> find("ann", List.of("2147483648")))
        .hasMessageContaining("must be in range");
  }

  @Test
  void livesInTheRootWithoutAHome() {
    assertThat(find("homeless").home()).isEqualTo("/");
  }

  @Test
  void saysWhoIsMissingAsDockerDoes() {
    assertThatThrownBy(() -> find("eve"))
        .hasMessage("unable to find user eve: no matching entries in passwd file")
        .extracting(failure -> ((ContainerFailure) failure).outcome())
        .isEqualTo(Outcome.INVALID);
    assertThatThrownBy(() -> find("ann:eve"))
        .hasMessage("unable to find group eve: no matching entries in group file");
  }

  @Test
  void takesNumbersUpToTheLargest() {
    assertThat(find("2147483647:2147483647").uid()).isEqualTo(Integer.MAX_VALUE);
    for (String tooLarge : List.of("2147483648", "-1", "99999999999999999999", "0:2147483648")) {
      assertThatThrownBy(() -> find(tooLarge))
          .hasMessage("uids and gids must be in range 0-2147483647");
    }
  }

  @Test
  void isInSoManyGroupsAndNoMore() {
    Integer[] most =
        IntStream.rangeClosed(1, UserLookup.MAX_GROUPS - 1).boxed().toArray(Integer[]::new);
    assertThat(find("5", most).groups()).hasSize(UserLookup.MAX_GROUPS);
    Integer[] more =
        IntStream.rangeClosed(1, UserLookup.MAX_GROUPS).boxed().toArray(Integer[]::new);
    assertThatThrownBy(() -> find("5", more)).hasMessageContaining("at most 1024 groups");
  }

  @Test
  void isListedInSoManyGroupsAndNoMore() {
    var lookup = new UserLookup("ann", List.of());
    PASSWD.forEach(lookup::passwdLine);
    for (int gid = 0; gid < UserLookup.MAX_GROUPS; gid++) {
      lookup.groupLine("g" + gid + ":x:" + gid + ":ann");
    }
    assertThatThrownBy(() -> lookup.groupLine("last:x:5000:ann"))
        .isInstanceOf(ContainerFailure.class);
  }

  @Property
  void readsAnyFilesWithItsOwnFailuresOnly(
      @ForAll String specification, @ForAll List<String> passwd, @ForAll List<String> group) {
    var lookup = new UserLookup(specification, List.of());
    passwd.forEach(lookup::passwdLine);
    group.forEach(lookup::groupLine);
    try {
      assertThat(lookup.result(List.of()).uid()).isNotNegative();
    } catch (ContainerFailure failure) {
      assertThat(failure).hasMessageContaining(" ");
    }
  }
}
