package caisson.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.guest.protocol.Command;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cards that a container sees of those that its machine has. */
@Timeout(120)
final class NetworkCardsTest {
  private static final String LIST = "ls /sys/class/net | grep eth";
  private static final String ADDRESS = "ip -4 -o addr show eth1 | grep -c 192.0.2.7/24";

  @Test
  void aCardIsInSightOnceItIsConfigured() throws IOException {
    try (var guest = GuestMachine.open()) {
      assertThat(guest.run(Setup.script(LIST)).stdout()).isEmpty();
      var spare = new Command.Interface("eth1", "", List.of("192.0.2.7/24"), 0);
      for (int times = 0; times < 2; times++) {
        guest.configure(List.of(spare));
        assertThat(guest.run(Setup.script(LIST + ";" + ADDRESS)).stdout()).isEqualTo("eth1\n1\n");
      }
    }
  }
}
