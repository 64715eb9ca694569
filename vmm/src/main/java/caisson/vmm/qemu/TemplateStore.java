package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.DurableFiles;
import caisson.linux.MemoryFile;
import caisson.vmm.VmTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Templates on disk, in {@code ORIGIN/SHAPE} each. A directory gets its name when it is whole, so a
 * template that somebody was killed over is not there.
 */
final class TemplateStore {
  private static final System.Logger LOG = System.getLogger("caisson.vmm");

  private final Path directory;

  TemplateStore(Path directory) {
    this.directory = directory;
  }

  /** Writes what {@link #keep} is to keep. */
  interface Content {
    void write(TemplateFiles files) throws IOException;
  }

  /** The template for {@code key}, if there is a whole one; one that is not is removed. */
  Optional<Template> load(TemplateKey key) {
    var place = place(key);
    if (!Files.isDirectory(place)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new TemplateFiles(place).read());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the template " + place + " is damaged: " + e);
      remove(key);
      return Optional.empty();
    }
  }

  /**
   * Keeps a template that {@code memory} and what {@code content} writes are.
   *
   * @throws CaissonException NO_RESOURCES if there is no room for it
   */
  Template keep(TemplateKey key, MemoryFile memory, Content content) {
    var place = place(key);
    var unfinished = place.resolveSibling(place.getFileName() + DurableFiles.UNFINISHED);
    try {
      DurableFiles.createDirectories(directory.resolve(key.origin()));
      DurableFiles.deleteTree(unfinished);
      Files.createDirectory(unfinished);
      try {
        content.write(new TemplateFiles(unfinished));
        memory.seal();
        new TemplateFiles(unfinished).write(memory);
        DurableFiles.move(unfinished, place);
        return new Template(memory, new TemplateFiles(place).state());
      } finally {
        DurableFiles.deleteTree(unfinished);
      }
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot keep a template in " + place + ": " + e, e);
    }
  }

  /** Removes what is there for {@code key}; false if nothing is. */
  boolean remove(TemplateKey key) {
    boolean there = Files.exists(place(key));
    delete(place(key));
    return there;
  }

  /** The keys of {@code origin} for which there is a template. */
  List<TemplateKey> keys(String origin, Accelerator accelerator) {
    var keys = new ArrayList<TemplateKey>();
    for (var each : list(directory.resolve(origin))) {
      TemplateKey.parse(origin, each.getFileName().toString(), accelerator).ifPresent(keys::add);
    }
    return keys;
  }

  /** What is known of the template for {@code key}; empty if it is not whole. */
  Optional<VmTemplate> describe(TemplateKey key, int clones) {
    var files = new TemplateFiles(place(key));
    try {
      return Optional.of(
          new VmTemplate(
              key.name(),
              key.origin(),
              key.memory(),
              key.cpus(),
              files.size(),
              Optional.of(files.made()),
              clones));
    } catch (IOException e) {
      return Optional.empty(); // the next machine that asks for it has it removed
    }
  }

  /**
   * Notes that the template for {@code key} is in use: its directory's time is when it last was.
   */
  void use(TemplateKey key) {
    try {
      Files.setLastModifiedTime(place(key), FileTime.from(Instant.now()));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the use of a template is not noted: " + e);
    }
  }

  /** Removes those of {@code origin} that were last used before then and are not named. */
  void removeUnused(String origin, Instant then, Set<String> inUse) {
    for (var each : list(directory.resolve(origin))) {
      if (!inUse.contains(each.getFileName().toString()) && isOlder(each, then)) {
        LOG.log(System.Logger.Level.INFO, "the template " + each + " is not used, and removed");
        delete(each);
      }
    }
  }

  private static boolean isOlder(Path place, Instant then) {
    try {
      return Files.getLastModifiedTime(place).toInstant().isBefore(then);
    } catch (IOException gone) {
      return false;
    }
  }

  /** Removes all templates that are not of {@code origin}, and what was not finished. */
  void retain(String origin) {
    for (var each : list(directory)) {
      if (!each.getFileName().toString().equals(origin)) {
        delete(each);
      }
    }
    for (var each : list(directory.resolve(origin))) {
      if (each.toString().endsWith(DurableFiles.UNFINISHED)) {
        delete(each);
      }
    }
  }

  private Path place(TemplateKey key) {
    return directory.resolve(key.origin()).resolve(key.name());
  }

  private static Iterable<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var entries = Files.list(directory)) {
      return entries.toList();
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.INTERNAL, "cannot list " + directory + ": " + e, e);
    }
  }

  private static void delete(Path tree) {
    try {
      DurableFiles.deleteTree(tree);
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.INTERNAL, "cannot remove " + tree + ": " + e, e);
    }
  }
}
