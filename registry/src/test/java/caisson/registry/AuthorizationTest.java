package caisson.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.oci.image.Descriptor;
import caisson.testkit.FakeRegistry;
import caisson.testkit.FakeRegistry.Reply;
import caisson.testkit.OciArchive;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AuthorizationTest {
  private static final Credentials ME = new Credentials.Password("me", "sec:ret\u00e4");
  private static final String BASIC =
      "Basic "
          + Base64.getEncoder().encodeToString("me:sec:ret\u00e4".getBytes(StandardCharsets.UTF_8));
  private static final String MANIFEST = "/v2/team/a/manifests/1";
  private static final Reply SERVED =
      FakeRegistry.ok(
          OciArchive.MANIFEST, "{\"schemaVersion\":2}".getBytes(StandardCharsets.US_ASCII));

  private final FakeRegistry registry = new FakeRegistry();
  private final FakeRegistry other = new FakeRegistry();
  private final Registries registries = new Registries(RegistryConfig.DEFAULT);

  @AfterEach
  void stop() {
    registry.close();
    other.close();
  }

  private RemoteRepository open(Credentials credentials) {
    var name = new Repository(registry.name(), "team/a", "team/a");
    return registries.open(name, registries.hosts(name).getLast(), credentials);
  }

  private static Reply asking(String header, String challenge, Reply reply) {
    return (call, out) ->
        (call.header("Authorization").equals(header)
                ? reply
                : FakeRegistry.status(401, "", "WWW-Authenticate: " + challenge))
            .send(call, out);
  }

  private String bearer() {
    return "Bearer realm=\"http://%s/token\",service=\"the service\",scope=\"everything\""
        .formatted(other.name());
  }

  @Test
  void showsAPasswordWhenItIsAskedFor() {
    registry.on(MANIFEST, asking(BASIC, "Basic realm=\"x\"", SERVED));
    try (var repository = open(ME)) {
      repository.manifest("1");
      repository.manifest("1");
    }
    assertThat(registry.calls())
        .extracting(call -> call.header("Authorization"))
        .containsExactly("", BASIC, BASIC);
    try (var repository = open(Credentials.NONE)) {
      assertThatThrownBy(() -> repository.manifest("1"))
          .hasMessageContaining("pull access denied for team/a");
    }
  }

  @Test
  void changesAPasswordForATokenOfWhatItNeeds() {
    registry.on(MANIFEST, asking("Bearer t1", bearer(), SERVED));
    other.on("/token", asking(BASIC, "Basic", FakeRegistry.status(200, "{\"token\":\"t1\"}")));
    try (var repository = open(ME)) {
      repository.manifest("1");
    }
    var token = other.calls().getFirst();
    assertThat(token.target())
        .isEqualTo("/token?service=the+service&scope=repository%3Ateam%2Fa%3Apull&account=me");
    assertThat(registry.calls())
        .extracting(call -> call.header("Authorization"))
        .containsExactly("", "Bearer t1");
  }

  @Test
  void getsATokenForNobodyToo() {
    registry.on(MANIFEST, asking("Bearer t2", bearer(), SERVED));
    other.on("/token", FakeRegistry.status(200, "{\"access_token\":\"t2\"}"));
    try (var repository = open(Credentials.NONE)) {
      repository.manifest("1");
    }
    assertThat(other.calls().getFirst().header("Authorization")).isEmpty();
  }

  @Test
  void renewsATokenThatHasExpired() {
    var issued = new AtomicInteger();
    other.on(
        "/token",
        (call, out) ->
            FakeRegistry.status(200, "{\"token\":\"t" + issued.incrementAndGet() + "\"}")
                .send(call, out));
    registry.on(MANIFEST, asking("Bearer t1", bearer(), SERVED));
    try (var repository = open(Credentials.NONE)) {
      repository.manifest("1");
      registry.on(MANIFEST, asking("Bearer t2", bearer(), SERVED));
      repository.manifest("1");
      registry.on(MANIFEST, asking("Bearer never", bearer(), SERVED));
      assertThatThrownBy(() -> repository.manifest("1")).isInstanceOf(CaissonException.class);
    }
    assertThat(issued).hasValue(3);
  }

  @Test
  void postsAnIdentityToken() {
    registry.on(MANIFEST, asking("Bearer t3", bearer(), SERVED));
    other.on("/token", FakeRegistry.status(200, "{\"access_token\":\"t3\"}"));
    try (var repository = open(new Credentials.IdentityToken("re&fresh"))) {
      repository.manifest("1");
    }
    assertThat(other.calls().getFirst().body())
        .isEqualTo(
            "grant_type=refresh_token&client_id=caisson&refresh_token=re%26fresh"
                + "&service=the+service&scope=repository%3Ateam%2Fa%3Apull");
  }

  @Test
  void showsARegistrysOwnTokenAtOnce() {
    registry.on(MANIFEST, asking("Bearer own", "Bearer", SERVED));
    try (var repository = open(new Credentials.RegistryToken("own"))) {
      repository.manifest("1");
    }
    assertThat(registry.calls()).hasSize(1);
  }

  @Test
  void leavesCredentialsBehindWhenItIsSentElsewhere() throws Exception {
    byte[] content = "{}".getBytes(StandardCharsets.US_ASCII);
    var path = FakeRegistry.blobPath("team/a", content);
    other.on(path, FakeRegistry.blob(content));
    registry.on(
        path,
        asking(
            BASIC,
            "Basic",
            FakeRegistry.status(307, "", "Location: http://" + other.name() + path)));
    var blob = new Descriptor("x", Digest.of(content).toString(), 2, Optional.empty(), Map.of());
    try (var repository = open(ME)) {
      assertThat(repository.document(blob)).isEqualTo(content);
      other.on(path, FakeRegistry.status(401, "", "WWW-Authenticate: Basic"));
      assertThatThrownBy(() -> repository.document(blob))
          .hasMessageContaining("unauthorized")
          .hasMessageContaining(other.name());
    }
    assertThat(other.calls()).isNotEmpty();
    assertThat(other.calls())
        .allSatisfy(call -> assertThat(call.header("Authorization")).isEmpty());
  }

  @Test
  void tellsALoginThatIsAcceptedFromOthers() {
    registry.on("/v2/", asking(BASIC, "Basic realm=\"x\"", FakeRegistry.status(200, "{}")));
    registries.login(registry.name(), ME);
    assertRefused(new Credentials.Password("me", "wrong"));
    registry.on("/v2/", asking("Bearer t", bearer(), FakeRegistry.status(200, "{}")));
    other.on("/token", asking(BASIC, "Basic", FakeRegistry.status(200, "{\"token\":\"t\"}")));
    registries.login(registry.name(), ME);
    assertThat(other.calls().getFirst().target())
        .isEqualTo("/token?service=the+service&account=me");
    assertRefused(new Credentials.Password("me", "wrong"));
  }

  private void assertRefused(Credentials credentials) {
    assertThatThrownBy(() -> registries.login(registry.name(), credentials))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHORIZED))
        .hasMessageContaining("unauthorized");
  }

  @Test
  void trustsNoStrangeTokenServer() {
    for (var realm : new String[] {"file:///x", "token", "http://", "http://a b/"}) {
      registry.on(
          MANIFEST,
          FakeRegistry.status(401, "", "WWW-Authenticate: Bearer realm=\"" + realm + "\""));
      try (var repository = open(ME)) {
        assertThatThrownBy(() -> repository.manifest("1"))
            .hasMessageContaining("asks for a token of \"" + realm + "\"");
      }
    }
    registry.on(MANIFEST, FakeRegistry.status(401, "", "WWW-Authenticate: " + bearer()));
    other.on("/token", FakeRegistry.status(200, "{}"));
    try (var repository = open(ME)) {
      assertThatThrownBy(() -> repository.manifest("1")).hasMessageContaining("without a token");
    }
  }

  @Test
  void keepsSecretsOutOfMessages() {
    assertThat(
            ME.toString()
                + new Credentials.IdentityToken("x1")
                + new Credentials.RegistryToken("x2"))
        .doesNotContain("sec", "x1", "x2");
  }
}
