package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.DurableFiles;
import caisson.vmm.VmId;
import caisson.vmm.VmRemains;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What machines that nobody knows any more have left: processes, then directories. */
final class QemuRemains {
  private static final String VM_ID = "[0-9a-f]{16}";

  private final Path machines;
  private final VmProcesses processes;

  QemuRemains(Path machines) {
    this.machines = machines;
    this.processes = new VmProcesses(machines);
  }

  List<VmRemains> list(Set<VmId> known) {
    var remains = new ArrayList<VmRemains>();
    for (var found : processes(known)) {
      remains.add(new VmRemains("process", found.process().pid() + " " + found.command()));
    }
    for (var directory : directories(known)) {
      remains.add(new VmRemains("machine directory", directory.toString()));
    }
    return remains;
  }

  /** Those that have a directory. */
  Set<VmId> machines(Set<VmId> known) {
    return directories(known).stream()
        .map(path -> path.getFileName().toString())
        .filter(name -> name.matches(VM_ID))
        .map(VmId::new)
        .collect(Collectors.toSet());
  }

  void sweep(Set<VmId> known) {
    for (var found : processes(known)) {
      VmProcesses.kill(found.process());
    }
    for (var directory : directories(known)) {
      try {
        DurableFiles.deleteTree(directory);
      } catch (IOException e) {
        throw new CaissonException(ErrorCode.INTERNAL, "cannot remove " + directory + ": " + e, e);
      }
    }
  }

  private List<VmProcesses.Found> processes(Set<VmId> known) {
    return processes.all().stream().filter(found -> !known.contains(found.vm())).toList();
  }

  /** Directories by their full names, also where a removal was not finished. */
  private List<Path> directories(Set<VmId> known) {
    if (!Files.isDirectory(machines)) {
      return List.of();
    }
    try (var entries = Files.list(machines)) {
      return entries
          .map(QemuRemains::fullName)
          .distinct()
          .filter(path -> known.stream().noneMatch(id -> path.endsWith(id.value())))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.INTERNAL, "cannot list " + machines + ": " + e, e);
    }
  }

  private static Path fullName(Path entry) {
    var name = entry.getFileName().toString();
    return name.endsWith(DurableFiles.UNFINISHED)
        ? entry.resolveSibling(name.substring(0, name.length() - DurableFiles.UNFINISHED.length()))
        : entry;
  }
}
