package caisson.vmm.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.linux.ProcessIdentity;
import caisson.vmm.GuestAddress;
import caisson.vmm.VmId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in a machine's directory, and what is kept of the accelerator. */
final class FilesTest {
  private static final VmRecord RECORD =
      new VmRecord(
          VmRecord.Held.of(new ProcessIdentity(17, 1L << 40)),
          List.of(VmRecord.Held.of(new ProcessIdentity(18, 3))),
          List.of(
              new GuestAddress(
                  "eth0",
                  "02:00:00:00:00:01",
                  "10.0.2.100/24",
                  1500,
                  "10.0.2.2",
                  List.of("10.0.2.3"),
                  Optional.of(new GuestAddress.Ipv6("fd00::2/64", "fd00::1")))),
          2_000_000_000);

  @TempDir private Path temporary;

  /** {@code vm-0.1.json} was written by a daemon of version 0.1, and is never changed. */
  @Test
  void readsTheRecordsOfOtherBuilds() throws IOException {
    var directory = VmDirectory.of(temporary.resolve("vms"), VmId.random());
    directory.create();
    var file = directory.path().resolve("vm.json");
    try (var golden = FilesTest.class.getResourceAsStream("vm-0.1.json")) {
      Files.write(file, golden.readAllBytes());
    }
    var whole = directory.read().orElseThrow();
    assertThat(whole.qemu()).isEqualTo(new VmRecord.Held(11413, 6132949));
    assertThat(whole.user()).contains(2090942186);
    var card = whole.cards().getFirst();
    assertThat(card.addresses()).containsExactly("172.30.0.2/16", "fd79:d90d:59f6:e4fc::ac1e:2/64");
    var text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("\\{", "{\"later\":{\"deep\":[1]},"));
    assertThat(directory.read()).contains(whole);
    Files.writeString(file, text.replaceFirst(",\"ipv6\":\\{[^}]*}", ""));
    assertThat(directory.read().orElseThrow().cards().getFirst().ipv6()).isEmpty();
  }

  @Test
  void readsTheRecordThatWasWritten() {
    var directory = VmDirectory.of(temporary.resolve("vms"), VmId.random());
    directory.create();
    assertThat(directory.read()).isEmpty();
    directory.write(RECORD);
    assertThat(directory.read()).contains(RECORD);
  }

  @Test
  void takesADamagedRecordForNone() throws IOException {
    var directory = VmDirectory.of(temporary.resolve("vms"), VmId.random());
    directory.create();
    for (var content : List.of("", "{", "[]", "{\"qemu\":{\"pid\":\"x\"}}", "{\"other\":1}")) {
      Files.writeString(directory.path().resolve("vm.json"), content);
      assertThat(directory.read()).as(content).isEmpty();
    }
  }

  @Test
  void showsTheEndOfTheConsoleWithoutWhatMovesTheCursor() throws IOException {
    var console = BoundedFile.console(temporary.resolve("console"));
    assertThat(console.tail()).isEmpty();
    console.create();
    assertThat(console.tail()).isEmpty();
    Files.writeString(console.path(), "\u001b[2Jhello\r\nwörld\u0007\n", StandardOpenOption.APPEND);
    assertThat(console.tail()).isEqualTo("[2Jhello\nwörld");
    Files.writeString(console.path(), "x".repeat(10_000), StandardOpenOption.APPEND);
    assertThat(console.tail()).isEqualTo("x".repeat(4096));
  }

  @Test
  void keepsAVerdictForTheSameHostOnly() throws IOException {
    var cache = new VerdictCache(temporary.resolve("cache"));
    var verdict = new Verdict(Accelerator.KVM, "it booted");
    assertThat(cache.read("this host")).isEmpty();
    cache.write("this host", verdict);
    assertThat(cache.read("this host")).contains(verdict);
    assertThat(cache.read("another host")).isEmpty();
    Files.writeString(temporary.resolve("cache/accelerator.json"), "{damaged");
    assertThat(cache.read("this host")).isEmpty();
  }

  @Test
  void findsAKernelsReleaseWhereverItIs() throws IOException {
    var file = temporary.resolve("vmlinux");
    var banner = "Linux version 6.1.2-caisson (somebody)";
    for (int before : List.of(0, (64 << 10) - 20, (64 << 10) - 1, 200_000)) {
      Files.writeString(file, "x".repeat(before) + banner + "x".repeat(1000));
      assertThat(new GuestKernel(file).release()).contains("6.1.2-caisson");
    }
    Files.writeString(file, "Linux version %s (".repeat(10));
    assertThat(new GuestKernel(file).release()).isEmpty();
  }
}
