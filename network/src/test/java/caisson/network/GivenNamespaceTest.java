package caisson.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GivenNamespaceTest {
  @Test
  void theAddressesThatOthersReachAreTakenOver() {
    var told =
        """
        2: eth0    inet 10.66.0.2/24 scope global eth0\\       valid_lft forever preferred_lft forever
        2: eth0    inet 10.66.0.3/24 brd 10.66.0.255 scope global secondary eth0\\       valid_lft forever
        2: eth0    inet6 fd66::2/64 scope global nodad \\       valid_lft forever preferred_lft forever
        2: eth0    inet6 fe80::ff:fe00:2/64 scope link \\       valid_lft forever preferred_lft forever
        """;
    assertThat(GivenNamespace.addresses(told))
        .containsExactly("10.66.0.2/24", "10.66.0.3/24", "fd66::2/64");
    var loopback = "1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever\n";
    assertThat(GivenNamespace.addresses(loopback)).isEmpty();
    assertThat(GivenNamespace.addresses("")).isEmpty();
  }
}
