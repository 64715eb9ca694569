package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.Descriptor;
import caisson.linux.MemoryFile;
import caisson.vmm.VmId;
import caisson.vmm.agent.Agent;
import caisson.vmm.agent.AgentTimeouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Boots a machine up to where its agent waits, and saves it. */
final class TemplateMaker {
  private static final String NAME = "caisson-template";

  private final QemuMachines machines;
  private final TemplateStore store;

  TemplateMaker(QemuMachines machines, TemplateStore store) {
    this.machines = machines;
    this.store = store;
  }

  /**
   * Makes the template for {@code key} by the machine {@code id}, which is gone when this returns.
   *
   * @throws CaissonException if it cannot be made; nothing is left
   */
  Template make(TemplateKey key, VmId id) {
    var memory = memory(key);
    try {
      return store.keep(key, memory, files -> save(key, id, memory, files.state()));
    } catch (RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  private static MemoryFile memory(TemplateKey key) {
    try {
      return MemoryFile.create(NAME, key.memory().bytes());
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot make a template's memory: " + e.getMessage(), e);
    }
  }

  /** When the machine is gone nobody has its memory mapped to write: it can be sealed. */
  private void save(TemplateKey key, VmId id, MemoryFile memory, Path state) throws IOException {
    Files.createFile(state);
    var boot = new Boot.Original(memory.path());
    var vm = machines.start(key.original(id), key.accelerator(), boot);
    try (var file = Descriptor.openToWrite(state)) {
      awaitAgent(vm);
      vm.save(file);
    } finally {
      vm.destroy();
    }
  }

  /** A template has been asked for nothing: clones' requests are numbered from one. */
  private static void awaitAgent(QemuVm vm) {
    try (var agent = Agent.of(vm, AgentTimeouts.DEFAULT, failure -> {})) {
      agent.awaitGreeting();
    }
  }
}
