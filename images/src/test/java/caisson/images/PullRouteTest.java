package caisson.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.registry.Certificates;
import caisson.registry.Credentials;
import caisson.registry.ProxyRules;
import caisson.registry.Registries;
import caisson.registry.RegistryConfig;
import caisson.testkit.FakeRegistry;
import caisson.testkit.ImageArchives;
import caisson.testkit.Tar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** By way of what an image comes from its registry. */
@Timeout(60)
final class PullRouteTest {
  private static final byte[] LAYER = new Tar().file("base", "base").end();

  @TempDir private Path root;

  private final FakeRegistry registry = new FakeRegistry();

  @AfterEach
  void stop() {
    registry.close();
  }

  private LocalImages images(ProxyRules rules, List<String> mirrors) {
    var config = new RegistryConfig(Certificates.NONE, rules, mirrors, PullTest.QUICK);
    return LocalImages.open(root, new Registries(config));
  }

  @Test
  void asksMirrorsFirstAndTheRegistryWhereTheyFail() {
    registry.addImage("library/bb", "latest", List.of(LAYER), List.of(LAYER));
    try (var broken = new FakeRegistry()) {
      var request =
          PullRequest.of(
              "bb", Optional.empty(), Optional.empty(), new Credentials.Password("a", "b"));
      broken.on(
          "/v2/library/bb/manifests/latest",
          FakeRegistry.status(401, "", "WWW-Authenticate: Basic realm=\"x\""));
      var mirrors = List.of("http://" + broken.name(), "http://" + registry.name() + "/");
      var images = images(ProxyRules.NONE, mirrors);
      assertThat(images.pull(request, _ -> {}).names()).containsExactly("bb:latest");
      assertThat(broken.calls()).isNotEmpty();
      assertThat(broken.calls())
          .allSatisfy(call -> assertThat(call.header("Authorization")).isEmpty());
    }
  }

  @Test
  void goesThroughAProxy() {
    // To a proxy, a request names the whole URL.
    registry.addImage("library/bb", "latest", List.of(LAYER), List.of(LAYER));
    try (var proxy = new FakeRegistry()) {
      for (var path :
          List.of(
              "/v2/library/bb/manifests/latest",
              FakeRegistry.blobPath("library/bb", LAYER),
              FakeRegistry.blobPath(
                  "library/bb",
                  ImageArchives.config(List.of(LAYER), "{}").getBytes(StandardCharsets.UTF_8)))) {
        proxy.on("http://mirror.test" + path, registry.reply(path));
      }
      var rules = ProxyRules.of(Map.of("HTTP_PROXY", "http://" + proxy.name()));
      var images = images(rules, List.of("http://mirror.test"));
      var request = PullRequest.of("bb", Optional.empty(), Optional.empty(), Credentials.NONE);
      assertThat(images.pull(request, _ -> {}).names()).containsExactly("bb:latest");
    }
  }

  @Test
  void asksAProxyForATunnelToWhatSpeaksTls() {
    try (var proxy = new FakeRegistry()) {
      var rules = ProxyRules.of(Map.of("https_proxy", proxy.name()));
      var images = images(rules, List.of());
      var request =
          PullRequest.of(
              "registry.test/a",
              Optional.empty(),
              Optional.empty(),
              new Credentials.Password("a", "b"));
      assertThatThrownBy(() -> images.pull(request, _ -> {}))
          .isInstanceOf(CaissonException.class)
          .hasMessageContaining("https://registry.test/v2/a/manifests/latest");
      assertThat(proxy.calls())
          .isNotEmpty()
          .allSatisfy(call -> {
            assertThat(call.method()).isEqualTo("CONNECT");
            assertThat(call.target()).isEqualTo("registry.test:443");
            assertThat(call.header("Authorization")).isEmpty();
          });
    }
  }
}
