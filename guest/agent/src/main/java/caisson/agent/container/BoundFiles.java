package caisson.agent.container;

import caisson.guest.protocol.ContainerSetup;
import caisson.libc.Descriptors;
import caisson.libc.Files;
import caisson.libc.MountTree;
import java.util.List;

/**
 * Files that the host gives a container, /etc/hosts for example. They are written on the stage's
 * tmpfs and bound, so that the image's own stay as they are.
 */
final class BoundFiles {
  private static final String PLACE = RootDisks.STAGE + "/files";

  private BoundFiles() {}

  static void bind(List<ContainerSetup.File> files, ContainerRoot root) {
    Files.makeDirectory(PLACE, 0700);
    for (int i = 0; i < files.size(); i++) {
      ContainerSetup.File file = files.get(i);
      String copy = PLACE + "/" + i;
      int flags = Files.O_WRONLY | Files.O_CREAT | Files.O_EXCL;
      Files.write(copy, flags, file.mode(), file.content());
      int target = root.file(file.path()).node();
      try (MountTree tree = MountTree.copyOf(copy)) {
        tree.attach(target, file.path());
      } finally {
        Descriptors.close(target);
      }
    }
  }
}
