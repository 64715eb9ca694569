package caisson.launch.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class LaunchSpecTest {
  private static final LaunchSpec SAMPLE =
      new LaunchSpec(
          "/var/lib/caisson/vms/0123456789ab",
          new Program(
              "/usr/bin/qemu-system-x86_64",
              List.of("qemu", "-chardev", "socket,fd={fd:qmp}", "-netdev", "tap,fd={fd:vm1}"),
              List.of("PATH=/usr/bin")),
          List.of(
              new ListeningSocket("qmp", "qmp.sock"), new ListeningSocket("agent", "agent.sock")),
          List.of(new PassedFile("state", "/tmp/é", PassedFile.Access.READ)),
          "qemu.log",
          new Jail(
              List.of(
                  new Bind("/usr/lib", "/usr/lib", Bind.Kind.PROGRAMS),
                  new Bind("/dev/null", "/dev/null", Bind.Kind.DEVICE)),
              List.of(new Link("/lib", "usr/lib")),
              List.of("/vm/ro"),
              "/vm/proc"),
          new Network.User(2, "/usr/bin/slirp4netns", "slirp", 1500),
          new Confinement(
              new Identity.Dedicated(2_000_000_007, 2_000_000_007),
              List.of("/sys/fs/cgroup/caisson/vm"),
              List.of(
                  new ResourceLimit(ResourceLimit.Resource.RLIMIT_NOFILE, 1024),
                  new ResourceLimit(ResourceLimit.Resource.RLIMIT_FSIZE, 1L << 40)),
              false,
              true,
              500,
              Sharing.EVERY_USER));

  @Test
  void readsWhatItWrote() {
    assertThat(LaunchSpec.decode(SAMPLE.encode())).isEqualTo(SAMPLE);
  }

  @Test
  void readsEveryKindOfNetworkAndIdentity() {
    List<Network> networks =
        List.of(
            new Network.Isolated(0),
            new Network.Given(1, "/run/netns/pod", "caisson0", 1500),
            new Network.Bridged(2, "caisson0", "cs-0123456789ab", 1500),
            SAMPLE.network());
    for (Network network : networks) {
      SpecWriter writer = new SpecWriter();
      Network.write(writer, network);
      Identity.write(writer, new Identity.Caller());
      SpecReader reader = new SpecReader(writer.toBytes());
      assertThat(Network.read(reader)).isEqualTo(network);
      assertThat(Identity.read(reader)).isEqualTo(new Identity.Caller());
      reader.end();
    }
  }

  @Test
  void writesTheBytesThatAreAgreedOn() throws IOException {
    try (var golden = LaunchSpecTest.class.getResourceAsStream("launch-spec-3.hex")) {
      String text = new String(golden.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
      byte[] expected = HexFormat.of().parseHex(text.replaceAll("\\s", ""));
      assertThat(HexFormat.of().formatHex(SAMPLE.encode()))
          .isEqualTo(HexFormat.of().formatHex(expected));
    }
  }

  @Test
  void numbersDescriptorsInTheOrderOfTheDescription() {
    assertThat(SAMPLE.descriptors()).containsExactly("qmp", "agent", "state", "vm0", "vm1");
    assertThat(SAMPLE.resolvedArguments())
        .containsExactly("qemu", "-chardev", "socket,fd=3", "-netdev", "tap,fd=7");
  }

  @Test
  void endsTheErrorLogAtTheLimitOfFileSizes() {
    assertThat(SAMPLE.errorLogStart()).isEqualTo((1L << 40) - 65536);
  }

  @Test
  void refusesADescriptionThatIsCutOffAnywhere() {
    byte[] whole = SAMPLE.encode();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> LaunchSpec.decode(part)).isInstanceOf(InvalidSpecException.class);
    }
  }

  @Test
  void refusesBytesAfterTheEnd() {
    byte[] whole = SAMPLE.encode();
    assertThatThrownBy(() -> LaunchSpec.decode(Arrays.copyOf(whole, whole.length + 1)))
        .hasMessageContaining("bytes follow");
  }

  @Test
  void givesOnlyRootsProgramsCapabilities() {
    assertThatThrownBy(() ->
            new Confinement(
                new Identity.Caller(), List.of(), List.of(), false, false, 0, Sharing.EVERY_USER))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("only root");
    assertThat(Sharing.NONE.capabilities()).isZero();
    assertThat(Sharing.OWN_USER.capabilities()).isZero();
    assertThat(Sharing.EVERY_USER.capabilities()).as("capability.h").isEqualTo(0x800001bL);
  }

  @Test
  void bindsTheWholeOfTheHost() {
    assertThat(new Bind("/", "/vm/shares/0", Bind.Kind.DATA).source()).isEqualTo("/");
    assertThatThrownBy(() -> new Bind("/usr", "/", Bind.Kind.DATA))
        .isInstanceOf(InvalidSpecException.class);
  }

  @Test
  void refusesAPlaceholderWithoutADescriptor() {
    assertThatThrownBy(() -> Placeholders.resolve("fd={fd:other}", List.of("qmp"), 3))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("{fd:other}");
    assertThatThrownBy(() -> Placeholders.resolve("fd={fd:qmp", List.of("qmp"), 3))
        .hasMessageContaining("no end");
  }

  @Test
  void refusesPathsThatAreNotPlain() {
    for (String path : List.of("", "usr", "/usr/", "/usr//lib", "/usr/../etc", "/./x", "/a\0b")) {
      assertThatThrownBy(() -> new Bind(path, "/x", Bind.Kind.DATA))
          .isInstanceOf(InvalidSpecException.class);
    }
  }

  @Test
  void refusesNamesThatAreNotPlain() {
    for (String name : List.of("", "QMP", "a b", "a/b", "x".repeat(33))) {
      assertThatThrownBy(() -> new ListeningSocket(name, "file"))
          .isInstanceOf(InvalidSpecException.class);
    }
    for (String file : List.of("", ".", "..", "a/b", "x".repeat(65))) {
      assertThatThrownBy(() -> new ListeningSocket("name", file))
          .isInstanceOf(InvalidSpecException.class);
    }
  }

  @Test
  void refusesToRunAsRoot() {
    assertThatThrownBy(() -> new Identity.Dedicated(0, 1)).isInstanceOf(InvalidSpecException.class);
    assertThatThrownBy(() -> new Identity.Dedicated(1, 0)).isInstanceOf(InvalidSpecException.class);
  }

  @Property(tries = 2000)
  void answersRandomBytesWithItsOwnExceptionOnly(@ForAll byte[] bytes) {
    decodes(bytes);
  }

  @Property(tries = 5000)
  void answersADamagedDescriptionWithItsOwnExceptionOnly(
      @ForAll @IntRange(min = 6, max = 400) int place, @ForAll byte value) {
    byte[] bytes = SAMPLE.encode();
    bytes[place % bytes.length] = value;
    decodes(bytes);
  }

  private static void decodes(byte[] bytes) {
    try {
      LaunchSpec spec = LaunchSpec.decode(bytes);
      assertThat(spec.encode()).isEqualTo(bytes);
    } catch (InvalidSpecException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
