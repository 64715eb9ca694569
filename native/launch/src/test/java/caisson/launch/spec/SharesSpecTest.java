package caisson.launch.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class SharesSpecTest {
  private static final SharesSpec SAMPLE =
      new SharesSpec(
          4711,
          "guest=/run/caisson/vms/0123456789abcdef",
          "/vm/shares",
          List.of(new Bind("/srv/é", "/vm/shares/c2x0", Bind.Kind.WRITABLE)),
          List.of("/vm/shares/c1x0"));

  @Test
  void readsWhatItWrote() {
    assertThat(SharesSpec.decode(SAMPLE.encode())).isEqualTo(SAMPLE);
  }

  @Test
  void refusesTargetsOutsideTheDirectory() {
    for (var target :
        List.of("/vm/kernel", "/vm/shares", "/vm/shares/../kernel", "/vm/shares/a/b")) {
      assertThatThrownBy(() -> new SharesSpec(1, "m", "/vm/shares", List.of(), List.of(target)))
          .as(target)
          .isInstanceOf(InvalidSpecException.class);
    }
  }

  @Property
  void refusesEveryTruncation(@ForAll byte extra) {
    byte[] whole = SAMPLE.encode();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> SharesSpec.decode(part)).isInstanceOf(InvalidSpecException.class);
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    longer[whole.length] = extra;
    assertThatThrownBy(() -> SharesSpec.decode(longer)).isInstanceOf(InvalidSpecException.class);
  }
}
