package caisson.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.oci.image.Descriptor;
import caisson.testkit.FakeRegistry;
import caisson.testkit.OciArchive;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a registry does, its client ends, with an error that says what it was. */
@Timeout(60)
final class HostileRegistryTest {
  private static final String MANIFEST = "/v2/a/manifests/1";
  private static final byte[] CONTENT = new byte[200_000];
  private static final String BLOB = FakeRegistry.blobPath("a", CONTENT);
  private static final Timeouts PATIENT = timeouts(Duration.ofSeconds(30));
  private static final Timeouts IMPATIENT = timeouts(Duration.ofMillis(500));

  @TempDir private Path directory;

  private final FakeRegistry registry = new FakeRegistry();
  private Timeouts timeouts = PATIENT;

  private static Timeouts timeouts(Duration each) {
    return new Timeouts(each, each, each, Duration.ofMillis(1), 2);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private RemoteRepository open() {
    var config = new RegistryConfig(Certificates.NONE, ProxyRules.NONE, List.of(), timeouts);
    var name = new Repository(registry.name(), "a", "a");
    var registries = new Registries(config);
    return registries.open(name, registries.hosts(name).getLast(), Credentials.NONE);
  }

  private void assertNoManifest(ErrorCode code, String words) {
    try (var repository = open()) {
      assertThatThrownBy(() -> repository.manifest("1"))
          .isInstanceOfSatisfying(CaissonException.class, e -> assertThat(e.code()).isEqualTo(code))
          .hasMessageContaining(words);
    }
  }

  private void assertNoBlob(ErrorCode code, String words) {
    try (var repository = open();
        var fetch = repository.fetch(descriptor(), directory.resolve("blob"), _ -> {})) {
      assertThatThrownBy(() -> fetch.content().readAllBytes())
          .isInstanceOfSatisfying(CaissonException.class, e -> assertThat(e.code()).isEqualTo(code))
          .hasMessageContaining(words);
    }
    var file = directory.resolve("blob").toFile();
    assertThat(file.length()).isLessThanOrEqualTo(CONTENT.length);
    assertThat(file.delete()).isTrue();
  }

  private static Descriptor descriptor() {
    return new Descriptor(
        OciArchive.LAYER,
        Digest.of(CONTENT).toString(),
        CONTENT.length,
        Optional.empty(),
        Map.of());
  }

  /** Sends for as long as there is somebody who takes it. */
  private static void sendForEver(OutputStream out) throws IOException {
    byte[] noise = new byte[64 << 10];
    while (true) {
      out.write(noise);
    }
  }

  private static void sendSlowly(OutputStream out, int count) throws IOException {
    try {
      for (int i = 0; i < count; i++) {
        out.write(' ');
        out.flush();
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aManifestMayHave4MiB() {
    byte[] most = new byte[4 << 20];
    Arrays.fill(most, (byte) ' ');
    byte[] text = "{\"schemaVersion\":2}".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, most, 0, text.length);
    registry.on(MANIFEST, FakeRegistry.ok(OciArchive.MANIFEST, most));
    try (var repository = open()) {
      assertThat(repository.manifest("1").bytes()).hasSize(4 << 20);
    }
    registry.on(
        MANIFEST, FakeRegistry.ok(OciArchive.MANIFEST, Arrays.copyOf(most, most.length + 1)));
    assertNoManifest(ErrorCode.CORRUPT, "longer than 4194304 bytes");
  }

  @Test
  void aManifestHasAnEnd() {
    registry.on(
        MANIFEST,
        (_, out) -> {
          FakeRegistry.head(out, 200, "Content-Type: " + OciArchive.MANIFEST);
          sendForEver(out);
        });
    assertNoManifest(ErrorCode.CORRUPT, "longer than 4194304 bytes");
  }

  @Test
  void aManifestIsWhatItsRegistryAnnounces() {
    byte[] json = "{\"schemaVersion\":2}".getBytes(StandardCharsets.US_ASCII);
    registry.on(
        MANIFEST,
        (_, out) -> {
          FakeRegistry.head(
              out,
              200,
              "Content-Type: " + OciArchive.MANIFEST,
              "Docker-Content-Digest: " + Digest.of(CONTENT));
          out.write(json);
        });
    assertNoManifest(ErrorCode.CORRUPT, "with the digest " + Digest.of(json));
  }

  @Test
  void aHeadThatDoesNotComeIsGivenUp() {
    timeouts = IMPATIENT;
    registry.on(MANIFEST, (_, out) -> sendSlowly(out, 100));
    assertNoManifest(ErrorCode.TIMEOUT, "no answer in time");
    assertThat(registry.calls()).hasSize(1);
  }

  @Test
  void aBodyThatDoesNotGoOnIsGivenUp() {
    timeouts = IMPATIENT;
    registry.on(
        MANIFEST,
        (_, out) -> {
          FakeRegistry.head(out, 200, "Content-Type: " + OciArchive.MANIFEST);
          sendSlowly(out, 100);
        });
    assertNoManifest(ErrorCode.TIMEOUT, "sends nothing, or too slowly");
    registry.on(
        BLOB,
        (_, out) -> {
          FakeRegistry.head(out, 200);
          sendSlowly(out, 100);
        });
    assertNoBlob(ErrorCode.TIMEOUT, "sends nothing, or too slowly");
  }

  @Test
  void aRegistryMayNotLeadInCircles() {
    registry.on(MANIFEST, FakeRegistry.status(307, "", "Location: " + MANIFEST + "?x"));
    assertNoManifest(ErrorCode.CORRUPT, "redirects more than 5 times");
    registry.on(BLOB, FakeRegistry.status(302, "", "Location: " + BLOB));
    assertNoBlob(ErrorCode.CORRUPT, "redirects more than 5 times");
  }

  @Test
  void aRegistryMayNotLeadAnywhere() {
    for (var location : new String[] {"file:///etc/passwd", "ftp://x/", "//", "http://%", "::"}) {
      registry.on(MANIFEST, FakeRegistry.status(302, "", "Location: " + location));
      assertNoManifest(ErrorCode.CORRUPT, "redirects to \"" + location + "\"");
    }
    registry.on(MANIFEST, FakeRegistry.status(302, ""));
    assertNoManifest(ErrorCode.CORRUPT, "redirects to \"\"");
  }

  @Test
  void aBlobHasTheLengthOfItsManifest() {
    registry.on(
        BLOB,
        (_, out) -> {
          FakeRegistry.head(out, 200);
          sendForEver(out);
        });
    assertNoBlob(ErrorCode.CORRUPT, "more than the 200000 bytes");
    registry.on(BLOB, FakeRegistry.ok("x", new byte[CONTENT.length + 1]));
    assertNoBlob(ErrorCode.CORRUPT, "announces 200001 bytes");
    registry.on(
        BLOB,
        (_, out) -> {
          FakeRegistry.head(out, 200);
          out.write(CONTENT, 0, 100_000);
        });
    assertNoBlob(ErrorCode.UNAVAILABLE, "ended too early");
  }

  @Test
  void aBlobHasTheDigestOfItsManifest() {
    byte[] other = CONTENT.clone();
    other[7] = 1;
    registry.on(BLOB, FakeRegistry.ok("x", other));
    assertNoBlob(ErrorCode.CORRUPT, "sends a blob with the digest " + Digest.of(other));
  }

  @Test
  void aBlobGoesOnWhereItStopped() throws IOException {
    var file = directory.resolve("blob");
    Files.write(file, Arrays.copyOf(CONTENT, 1000));
    registry.on(
        BLOB,
        (_, out) -> {
          FakeRegistry.head(out, 206, "Content-Range: bytes 0-199999/200000");
          out.write(CONTENT);
        });
    assertNoBlob(ErrorCode.CORRUPT, "another part than bytes 1000 and following");
    assertThat(file).doesNotExist();
  }

  @Test
  void garbageIsNoAnswer() {
    registry.on(
        MANIFEST, (_, out) -> out.write("SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII)));
    assertNoManifest(ErrorCode.UNAVAILABLE, "Get \"http://127.0.0.1:");
    registry.on(MANIFEST, (_, out) -> sendForEver(out));
    assertNoManifest(ErrorCode.UNAVAILABLE, "Get \"http://127.0.0.1:");
    registry.on(
        MANIFEST,
        FakeRegistry.ok(OciArchive.MANIFEST, "[".repeat(5000).getBytes(StandardCharsets.US_ASCII)));
    assertNoManifest(ErrorCode.CORRUPT, "is not valid");
  }

  @Test
  void aRefusalIsToldInShort() {
    registry.on(
        MANIFEST,
        FakeRegistry.status(
            403,
            "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"" + "no\\n".repeat(10_000) + "\"}]}"));
    assertNoManifest(
        ErrorCode.NOT_FOUND,
        "pull access denied for a, repository does not exist or may require 'docker login': denied: no no");
    registry.on(MANIFEST, FakeRegistry.status(404, "{\"errors\":{}}"));
    assertNoManifest(ErrorCode.NOT_FOUND, "manifest for a:1 not found: status 404");
    registry.on(MANIFEST, FakeRegistry.status(500, ""));
    assertNoManifest(ErrorCode.UNAVAILABLE, "status 500");
  }
}
