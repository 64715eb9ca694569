package caisson.launch.spec;

import java.util.List;

/**
 * All that the program sees of a file system: a root of its own, read-only once it is built.
 *
 * @param binds made in this order; missing directories above a target are made
 * @param links made after the binds
 * @param directories empty ones
 * @param processes whether /proc is there; it shows the program's own processes and nothing else
 */
public record Jail(
    List<Bind> binds, List<Link> links, List<String> directories, boolean processes) {
  public Jail {
    binds = Check.list("the binds", binds);
    links = Check.list("the links", links);
    directories = Check.list("the directories", directories);
    for (String directory : directories) {
      Check.path("a directory", directory);
    }
  }

  void write(SpecWriter to) {
    to.list(binds, (writer, bind) -> bind.write(writer));
    to.list(links, (writer, link) -> link.write(writer));
    to.strings(directories);
    to.flag(processes);
  }

  static Jail read(SpecReader from) {
    return new Jail(from.list(Bind::read), from.list(Link::read), from.strings(), from.flag());
  }
}
