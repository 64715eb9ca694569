package caisson.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistryHostTest {
  @TempDir private Path certificates;

  private static String url(String domain) {
    return RegistryHost.of(domain, Certificates.NONE).api("").toString();
  }

  @Test
  void speaksPlainHttpOnLoopbackOnly() {
    for (var host :
        List.of("localhost", "LOCALHOST:5000", "127.0.0.1:5000", "127.9.9.9", "[::1]", "[::1]:5")) {
      assertThat(url(host)).isEqualTo("http://" + host + "/v2/");
    }
    for (var host :
        List.of("localhost.example:1", "127.0.0.1.example", "128.0.0.1", "[::2]:5", "r:5000")) {
      assertThat(url(host)).isEqualTo("https://" + host + "/v2/");
    }
    assertThat(url("docker.io")).isEqualTo("https://registry-1.docker.io/v2/");
  }

  @Test
  void speaksTlsOnLoopbackWhereItHasACertificateForIt() throws IOException {
    var directory = Files.createDirectories(certificates.resolve("localhost:5000"));
    var own = new Certificates(List.of(Path.of("/nonexistent"), certificates));
    assertThat(RegistryHost.of("localhost:5000", own).secure()).isFalse();
    Files.writeString(directory.resolve("ca.crt"), "no certificate");
    assertThat(RegistryHost.of("localhost:5000", own).secure()).isTrue();
    assertThat(RegistryHost.of("localhost:5001", own).secure()).isFalse();
    assertThatThrownBy(() -> own.context("localhost:5000"))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("ca.crt");
    assertThat(own.context("localhost:5001")).isEmpty();
    assertThat(own.has("../" + directory.getFileName())).isFalse();
  }

  @Test
  void refusesWhatIsNoHost() {
    for (var wrong : List.of("a..b", "a b", "r:99999", "a/b c", "", "[::g]", "u@")) {
      assertThatThrownBy(() -> url(wrong))
          .isInstanceOfSatisfying(
              CaissonException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
  }

  @Test
  void takesMirrorsByTheirUrls() {
    assertThat(RegistryHost.ofMirror("https://m:1/")).isEqualTo(new RegistryHost("m:1", true));
    assertThat(RegistryHost.ofMirror("http://m")).isEqualTo(new RegistryHost("m", false));
    for (var wrong : List.of("m", "ftp://m", "http://m/path", "http://u@m", "http://", "")) {
      assertThatThrownBy(() -> RegistryHost.ofMirror(wrong)).isInstanceOf(CaissonException.class);
    }
  }

  private static boolean proxied(Map<String, String> environment, String target) {
    return ProxyRules.of(environment).proxy(URI.create(target)).isPresent();
  }

  @Test
  void goesThroughTheProxyOfItsScheme() {
    var rules = ProxyRules.of(Map.of("HTTPS_PROXY", "http://p:3128", "http_proxy", "q"));
    assertThat(rules.proxy(URI.create("https://r/")))
        .contains(InetSocketAddress.createUnresolved("p", 3128));
    assertThat(rules.proxy(URI.create("http://r/")))
        .contains(InetSocketAddress.createUnresolved("q", 80));
    assertThat(rules.proxy(URI.create("http://localhost:5000/"))).isEmpty();
    assertThat(ProxyRules.of(Map.of("HTTPS_PROXY", "")).proxy(URI.create("https://r/"))).isEmpty();
    for (var wrong : List.of("socks5://p:1", "https://p", "http://u:p@h")) {
      assertThatThrownBy(() -> proxied(Map.of("HTTPS_PROXY", wrong), "https://r/"))
          .isInstanceOf(CaissonException.class);
    }
  }

  @Test
  void goesDirectlyWhereItIsTold() {
    var environment =
        Map.of(
            "HTTPS_PROXY", "p", "no_proxy", "one.org, .two.org *.three,10.0.0.0/9,h:5000,fd00::1");
    for (var direct :
        List.of(
            "one.org", "a.one.org", "b.two.org", "x.three", "10.1.2.3:5", "h:5000", "[fd00::1]")) {
      assertThat(proxied(environment, "https://" + direct + "/")).as(direct).isFalse();
    }
    for (var other : List.of("none.org", "two.org", "10.128.0.1", "h:5001", "h", "[fd00::2]")) {
      assertThat(proxied(environment, "https://" + other + "/")).as(other).isTrue();
    }
    assertThat(proxied(Map.of("HTTPS_PROXY", "p", "NO_PROXY", "*"), "https://r/")).isFalse();
  }
}
