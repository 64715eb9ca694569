package caisson.vmm.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.vmm.VmDisk;
import caisson.vmm.VmNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DisksTest {
  /** Tells the first word on the disk with each serial number, and writes to the writable one. */
  private static final String TELL =
      """
      tell() { echo "disk $1 holds $(head -c 8 /dev/$2)"; }
      serial_of() { tail -c +5 /sys/block/$1/device/vpd_pg80 2>/dev/null; }
      for d in /sys/block/vd*; do tell "$(cat $d/serial)" ${d##*/}; done
      while true; do
        for d in /sys/block/sd*; do
          name=${d##*/}
          serial=$(serial_of $name)
          if [ -n "$serial" ] && [ ! -e /told-$name ]; then
            touch /told-$name
            tell "$serial" $name
            echo written >/dev/$name && sync && echo "disk $serial takes"
          fi
        done
        usleep 100000
      done
      """;

  private static Path image(Machines machines, String word) throws IOException {
    var image = machines.directory().resolve(word);
    byte[] content = new byte[1 << 20];
    byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, content, 0, bytes.length);
    return Files.write(image, content);
  }

  @Test
  void areFoundBySerialNumber() throws Exception {
    try (var machines = Machines.ofScript(TELL)) {
      var bottom = new VmDisk("layer0", image(machines, "bottom00"), true);
      var middle = new VmDisk("layer1", image(machines, "middle00"), true);
      var writable = new VmDisk("writable", image(machines, "writable"), false);
      var vm = machines.start(VmNetwork.NONE, bottom, middle, writable);
      Machines.awaitConsole(vm, "disk layer0 holds bottom00");
      Machines.awaitConsole(vm, "disk layer1 holds middle00");
      Machines.awaitConsole(vm, "disk writable holds writable");
      Machines.awaitConsole(vm, "disk writable takes");
      assertThat(vm.consoleTail()).doesNotContain("disk layer1 takes");
      vm.destroy();
      assertThat(Files.readString(writable.image(), StandardCharsets.ISO_8859_1))
          .startsWith("written\n");
      assertThat(Files.readString(middle.image(), StandardCharsets.ISO_8859_1))
          .startsWith("middle00");
    }
  }

  @Test
  void comeToARunningGuest() throws Exception {
    try (var machines = Machines.ofScript("echo ready\n" + TELL)) {
      var vm = machines.start(VmNetwork.NONE);
      Machines.awaitConsole(vm, "ready");
      vm.attach(new VmDisk("layer1", image(machines, "plugged0"), true));
      vm.attach(new VmDisk("writable", image(machines, "plugged1"), false));
      Machines.awaitConsole(vm, "disk layer1 holds plugged0");
      Machines.awaitConsole(vm, "disk writable holds plugged1");
      Machines.awaitConsole(vm, "disk writable takes");
      vm.destroy();
    }
  }

  @Test
  void areRefusedWhereTheyCannotBe() throws Exception {
    try (var machines = Machines.of(TinyGuest.IDLES)) {
      var vm = machines.start(VmNetwork.NONE);
      var missing = new VmDisk("layer1", machines.directory().resolve("missing"), true);
      assertThatThrownBy(() -> vm.attach(missing)).hasMessageContaining("missing");
      var disk = new VmDisk("layer1", image(machines, "anything"), true);
      vm.attach(disk);
      assertThatThrownBy(() -> vm.attach(disk)).hasMessageContaining("refused blockdev-add");
      vm.destroy();
      assertThatThrownBy(() -> machines.start(VmNetwork.NONE, missing))
          .hasMessageContaining("missing");
    }
  }
}
