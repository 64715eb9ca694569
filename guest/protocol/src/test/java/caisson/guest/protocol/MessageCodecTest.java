package caisson.guest.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class MessageCodecTest {
  private static final byte[] SOME = {1, 2, 3};

  private static final ProcessSetup PROCESS =
      new ProcessSetup(
          true,
          24,
          80,
          true,
          List.of("sh", "-c", "true"),
          List.of("A=b"),
          "/",
          "www-data:33",
          List.of(5),
          18,
          new ProcessSetup.CapabilitySets(1, 2, 3, 4, 5),
          true,
          SOME,
          List.of(new ProcessSetup.ResourceLimit(7, 1024, -1)),
          -500);

  private static final ContainerSetup CONTAINER =
      new ContainerSetup(
          "c1",
          List.of("l0", "l1"),
          "rw",
          false,
          "host",
          "domain",
          0x20000000,
          "rprivate",
          List.of(new ContainerSetup.Mount("/proc", "proc", "proc", List.of("nosuid"))),
          List.of(new ContainerSetup.Device("/dev/x", 'c', 1, 3, 438, 0, 0)),
          List.of("/proc/kcore"),
          List.of("/proc/sys"),
          List.of(new ContainerSetup.Setting("net.x", "1")),
          new LimitsSetup(1, 2, 3, 4, 5, "0-1", "0", 6),
          List.of(new ContainerSetup.File("/etc/hosts", SOME, 420)),
          List.of("video", "5"),
          true,
          1,
          PROCESS,
          true);

  /** What a machine is told after each pause. */
  private static Command clock() {
    return new Command.Configure("", 1, new byte[0], List.of(), List.of());
  }

  /** One of each, by the name under which its bytes are pinned. */
  private static Map<String, Message> all() {
    Map<String, Message> all = new LinkedHashMap<>();
    all.put(
        "hello", new Message.Hello(1, 2, 3, List.of(new Message.Position(4, Stream.STDERR, 5))));
    all.put(
        "hello-reply",
        new Message.HelloReply(1, 2, 3, 4, 5, List.of(new Message.ProcessStatus(6, 7, 8, true))));
    all.put("data", new Message.Data(1, Stream.STDOUT, 1L << 40, SOME));
    all.put("end", new Message.End(1, Stream.STDIN, 9));
    all.put("window", new Message.Window(1, Stream.STDOUT, 10, 20));
    all.put("exited", new Message.Exited(1, 137, 9, true));
    all.put("exit-acknowledged", new Message.ExitAcknowledged(1));
    all.put("response", new Message.Response(7, Outcome.COMMAND_NOT_FOUND, "no sh", SOME));
    all.put("request-clock", new Message.Request(3, clock()));
    List<Command> commands =
        List.of(
            new Command.Ping(),
            new Command.Configure(
                "h",
                1,
                SOME,
                List.of(
                    new Command.Interface(
                        "eth0", "", List.of("10.0.2.100/24", "fd00::2/64"), 1500)),
                List.of("g", "h")),
            new Command.CreateContainer(CONTAINER),
            new Command.StartContainer("c1"),
            new Command.Exec("c1", 2, PROCESS),
            new Command.Signal(1, 15, true),
            new Command.Resize(1, 24, 80),
            new Command.UpdateLimits("c1", LimitsSetup.NONE),
            new Command.DeleteContainer("c1"),
            new Command.Usage("c1"),
            new Command.Shutdown(),
            new Command.Freeze("c1", true),
            new Command.Tasks("c1"),
            new Command.Archive(
                "c1", 3, new ArchiveSetup(ArchiveSetup.Kind.READ, "/etc", "e", false, "")),
            new Command.JoinContainer(
                CONTAINER, List.of(new Command.SharedNamespaces("c0", 0x8000000))),
            new Command.MountDisk("d"));
    for (Command command : commands) {
      all.put("request-" + command.getClass().getSimpleName(), new Message.Request(3, command));
    }
    return all;
  }

  @Test
  void everyMessageHasTheBytesThatWerePinned() throws IOException {
    assertThat(actual()).isEqualTo(pinned("messages.hex"));
  }

  @Test
  void whatIsSaidToAMachineThatRunsIsWhatTheOldestVersionSays() throws IOException {
    var oldest = pinned("messages-of-version-" + Protocol.OLDEST + ".hex");
    assertThat(actual()).containsAllEntriesOf(oldest);
    var makesOne =
        List.of(
            "request-Configure",
            "request-CreateContainer",
            "request-JoinContainer",
            "request-MountDisk");
    assertThat(oldest.keySet()).containsAll(without(all().keySet(), makesOne));
  }

  private static List<String> without(Set<String> names, List<String> some) {
    return names.stream().filter(name -> !some.contains(name)).toList();
  }

  private static Map<String, String> actual() {
    var actual = new LinkedHashMap<String, String>();
    all().forEach((n, m) -> actual.put(n, HexFormat.of().formatHex(MessageCodec.write(m))));
    return actual;
  }

  private static Map<String, String> pinned(String file) throws IOException {
    var pinned = new LinkedHashMap<String, String>();
    try (var in = Objects.requireNonNull(MessageCodecTest.class.getResourceAsStream(file))) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" "))
          .forEach(words -> pinned.put(words[0], words[1]));
    }
    return pinned;
  }

  @Test
  void everyMessageSurvivesTheWayThere() {
    all()
        .forEach((name, message) -> {
          var bytes = MessageCodec.write(message);
          var read = MessageCodec.read(bytes, 0, bytes.length);
          assertThat(read.getClass()).isEqualTo(message.getClass());
          assertThat(MessageCodec.write(read)).as(name).isEqualTo(bytes);
        });
  }

  @Test
  void aMessageCutShortOrTooLongIsRefused() {
    all()
        .forEach((name, message) -> {
          boolean openEnded = message instanceof Message.Data;
          var bytes = MessageCodec.write(message);
          for (int length = 0; length < bytes.length && !openEnded; length++) {
            int cut = length;
            assertThatThrownBy(() -> MessageCodec.read(bytes, 0, cut))
                .as("%s cut to %d", name, cut)
                .isInstanceOf(ProtocolException.class);
          }
          if (!openEnded) {
            var longer = java.util.Arrays.copyOf(bytes, bytes.length + 1);
            assertThatThrownBy(() -> MessageCodec.read(longer, 0, longer.length))
                .isInstanceOf(ProtocolException.class);
          }
        });
  }

  @Test
  void anEmptyAddressIsRefused() {
    for (var gateways : List.of(List.of("a", ""), List.of("", "a"), List.of("a", "", "b"))) {
      var configure = new Command.Configure("", 1, new byte[0], List.of(), gateways);
      byte[] bytes = MessageCodec.write(new Message.Request(1, configure));
      assertThatThrownBy(() -> MessageCodec.read(bytes, 0, bytes.length))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("an address is empty");
    }
  }

  @Test
  void aListHasSoManyElementsAndNoMore() {
    assertThat(read(4096)).hasSize(4096);
    assertThatThrownBy(() -> read(4097))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("a list has at most 4096 elements, not 4097");
  }

  private static List<Integer> read(int count) {
    byte[] list = new byte[2 + count];
    list[0] = (byte) (count >> 8);
    list[1] = (byte) count;
    return new Decoder(list, 0, list.length).list(Decoder::u8);
  }

  @Property(tries = 2000)
  void garbageIsRefusedAndNothingElseHappens(@ForAll @Size(max = 300) byte[] garbage) {
    try {
      MessageCodec.read(garbage, 0, garbage.length);
    } catch (ProtocolException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }
}
