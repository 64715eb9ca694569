package caisson.vmm.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.base.Digest;
import caisson.vmm.VmDisk;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import caisson.vmm.agent.Agent;
import caisson.vmm.agent.AgentTimeouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TemplatesTest {
  private static void ping(QemuVm vm) {
    try (var agent = Agent.of(vm, AgentTimeouts.DEFAULT, failure -> {})) {
      agent.ping();
    }
  }

  private static QemuMachines machines(Machines of) {
    return new QemuMachines(of.config(), of.config().runDirectory().resolve("vms"));
  }

  private static TemplateStore store(Machines of) {
    return new TemplateStore(of.directory().resolve("templates"));
  }

  private static TemplateKey key() {
    return TemplateKey.of(Machines.spec(VmNetwork.NONE), Accelerator.TCG, "0123456789abcdef");
  }

  private static Digest memory(Template template) throws IOException {
    return Digest.of(Files.readAllBytes(template.memory().path()));
  }

  @Test
  void haveClonesWhoseAgentsAnswer() throws Exception {
    try (var all = Machines.ofAgent()) {
      var machines = machines(all);
      try (var template = new TemplateMaker(machines, store(all)).make(key(), VmId.random())) {
        var before = memory(template);
        var disk = Files.write(all.directory().resolve("disk"), new byte[1 << 20]);
        var writable = new VmDisk("writable", disk, false);
        var block = new VmDisk("layer0", disk, true);
        for (var network : List.of(VmNetwork.NONE, VmNetwork.USER)) {
          var spec = Machines.spec(network, block, writable);
          var clone = machines.start(spec, Accelerator.TCG, template.boot());
          ping(clone);
          clone.destroy();
        }
        assertThat(memory(template)).isEqualTo(before);
      }
    }
  }

  @Test
  void outliveTheDaemonThatMadeThem() throws Exception {
    try (var all = Machines.ofAgent()) {
      var machines = machines(all);
      Digest made;
      try (var template = new TemplateMaker(machines, store(all)).make(key(), VmId.random())) {
        made = memory(template);
      }
      try (var loaded = store(all).load(key()).orElseThrow()) {
        assertThat(memory(loaded)).isEqualTo(made);
        var clone = machines.start(Machines.spec(VmNetwork.NONE), Accelerator.TCG, loaded.boot());
        ping(clone);
        clone.destroy();
      }
    }
  }

  private static void damage(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
  }

  @Test
  void areNotUsedWhenTheyAreDamaged() throws Exception {
    try (var all = Machines.ofAgent()) {
      var store = store(all);
      var place = all.directory().resolve("templates").resolve(key().origin()).resolve("128m-1c");
      for (var file : new String[] {"state", "template.json", "memory"}) {
        new TemplateMaker(machines(all), store).make(key(), VmId.random()).close();
        if (file.equals("memory")) {
          Files.write(place.resolve(file), new byte[1 << 20]);
        } else {
          damage(place.resolve(file));
        }
        assertThat(store.load(key())).as(file).isEqualTo(Optional.empty());
        assertThat(place).doesNotExist();
      }
    }
  }
}
