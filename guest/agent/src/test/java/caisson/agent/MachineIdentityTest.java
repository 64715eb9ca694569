package caisson.agent;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.agent.channel.RequestFailure;
import caisson.guest.protocol.Command;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MachineIdentityTest {
  private static void check(int nameLength, int entropy, int interfaces, int gateways) {
    var card = new Command.Interface("eth0", "", List.of(), 0);
    MachineIdentity.check(
        new Command.Configure(
            "n".repeat(nameLength),
            0,
            new byte[entropy],
            Collections.nCopies(interfaces, card),
            Collections.nCopies(gateways, "10.0.0.1")));
  }

  @Test
  void takesWhatIsAtItsLimits() {
    assertThatCode(() ->
            check(
                MachineIdentity.MAX_HOST_NAME,
                MachineIdentity.MAX_ENTROPY,
                MachineIdentity.MAX_INTERFACES,
                MachineIdentity.MAX_GATEWAYS))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesWhatIsPastThem() {
    assertThatThrownBy(() -> check(MachineIdentity.MAX_HOST_NAME + 1, 0, 0, 0))
        .isInstanceOf(RequestFailure.class);
    assertThatThrownBy(() -> check(0, MachineIdentity.MAX_ENTROPY + 1, 0, 0))
        .isInstanceOf(RequestFailure.class);
    assertThatThrownBy(() -> check(0, 0, MachineIdentity.MAX_INTERFACES + 1, 0))
        .isInstanceOf(RequestFailure.class);
    assertThatThrownBy(() -> check(0, 0, 0, MachineIdentity.MAX_GATEWAYS + 1))
        .isInstanceOf(RequestFailure.class);
  }
}
