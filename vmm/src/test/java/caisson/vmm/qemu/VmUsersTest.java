package caisson.vmm.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class VmUsersTest {
  private static final UserRange FOUR = new UserRange(2_100_000_000, 4);

  @Test
  void givesEachToOneOnly() {
    var users = new VmUsers(FOUR);
    var taken = IntStream.range(0, 4).mapToObj(_ -> users.take()).toList();
    assertThat(taken).doesNotHaveDuplicates().allMatch(FOUR::contains);
    assertThatThrownBy(users::take).hasMessageContaining("are in use");
    users.release(taken.get(2));
    assertThat(users.take()).isEqualTo(taken.get(2));
  }

  @Test
  void givesNoneThatIsKept() {
    var users = new VmUsers(FOUR);
    List.of(0, 1, 3).forEach(place -> users.keep(FOUR.first() + place));
    assertThat(users.take()).isEqualTo(FOUR.first() + 2);
  }

  @Test
  void knowsRangesOfUnprivilegedUsersOnly() {
    assertThat(new UserRange(1, Integer.MAX_VALUE - 1).contains(Integer.MAX_VALUE - 1)).isTrue();
    for (var range :
        List.of(List.of(0, 5), List.of(-3, 5), List.of(7, 0), List.of(2, Integer.MAX_VALUE - 1))) {
      assertThatThrownBy(() -> new UserRange(range.get(0), range.get(1)))
          .isInstanceOf(CaissonException.class);
    }
  }
}
