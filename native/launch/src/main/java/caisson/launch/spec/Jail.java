package caisson.launch.spec;

import java.util.List;

/**
 * All that the program sees of a file system: a root of its own, read-only once it is built.
 *
 * @param binds made in this order; missing directories above a target are made
 * @param links made after the binds
 * @param directories empty ones
 * @param processes where a proc file system is mounted that shows the program's own processes and
 *     nothing else; empty if nowhere
 */
public record Jail(List<Bind> binds, List<Link> links, List<String> directories, String processes) {
  public Jail {
    binds = Check.list("the binds", binds);
    links = Check.list("the links", links);
    directories = Check.list("the directories", directories);
    for (String directory : directories) {
      Check.path("a directory", directory);
    }
    if (!processes.isEmpty()) {
      Check.path("the place of processes", processes);
    }
  }

  void write(SpecWriter to) {
    to.list(binds, (writer, bind) -> bind.write(writer));
    to.list(links, (writer, link) -> link.write(writer));
    to.strings(directories);
    to.string(processes);
  }

  static Jail read(SpecReader from) {
    return new Jail(from.list(Bind::read), from.list(Link::read), from.strings(), from.string());
  }
}
