package caisson.engine;

import caisson.base.ByteSize;
import caisson.base.ContainerId;
import java.util.List;

/** The volumes, from creation to removal. */
public interface Volumes {
  /**
   * Makes a volume; durable when this returns. One that is there already is answered as it is.
   *
   * @throws caisson.base.CaissonException INVALID_ARGUMENT for an impossible name, CONFLICT if
   *     there is one of that name and of another kind
   */
  Volume create(VolumeRequest request);

  /** The same for a container that is made next; without it the volume goes with this daemon. */
  Volume createForContainer(VolumeRequest request);

  /** NOT_FOUND if there is none of that name. */
  Volume inspect(String name);

  /** All volumes, by name. */
  List<Volume> list();

  /** The containers that have it among their mounts, running or not. */
  List<ContainerId> users(String name);

  /** What its files take on this host's disk. */
  ByteSize diskUsage(String name);

  /** Removes a volume with its files. CONFLICT if a container has it among its mounts. */
  void remove(String name);
}
