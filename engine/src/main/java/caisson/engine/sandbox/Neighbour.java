package caisson.engine.sandbox;

import caisson.base.ContainerId;
import java.util.List;

/**
 * A container of a machine some of whose namespaces a further one is to be in.
 *
 * @param namespaces by the names of the runtime specification (config-linux.md, "Namespaces"): uts,
 *     ipc or pid; network all containers of a machine share
 */
public record Neighbour(ContainerId container, List<String> namespaces) {
  public Neighbour {
    namespaces = List.copyOf(namespaces);
  }
}
