package caisson.agent.container;

import caisson.guest.protocol.ContainerUsage;
import java.util.ArrayList;
import java.util.List;

/** What the kernel's files say of networks and disks. */
final class UsageText {
  private static final int MAX = 32;

  /** Columns of /proc/net/dev behind the name: 8 of what was received, then 8 of what was sent. */
  private static final int NETWORK_COLUMNS = 16;

  private UsageText() {}

  /** The interfaces of /proc/net/dev, without the loopback one. */
  static List<ContainerUsage.Network> networks(String dev) {
    List<ContainerUsage.Network> networks = new ArrayList<>();
    for (String line : lines(dev)) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).trim();
      if (!name.isEmpty() && !name.equals("lo") && networks.size() < MAX) {
        List<String> numbers = CgroupText.words(line.substring(colon + 1));
        if (numbers.size() >= NETWORK_COLUMNS) {
          networks.add(network(name, numbers));
        }
      }
    }
    return networks;
  }

  private static ContainerUsage.Network network(String name, List<String> numbers) {
    return new ContainerUsage.Network(
        name,
        number(numbers, 0),
        number(numbers, 1),
        number(numbers, 2),
        number(numbers, 3),
        number(numbers, 8),
        number(numbers, 9),
        number(numbers, 10),
        number(numbers, 11));
  }

  private static long number(List<String> words, int index) {
    return Long.parseLong(words.get(index));
  }

  /** The disks of cgroup v2's io.stat: {@code 8:0 rbytes=1 wbytes=2 rios=3 wios=4 …}. */
  static List<ContainerUsage.Disk> disks(String ioStat) {
    List<ContainerUsage.Disk> disks = new ArrayList<>();
    for (String line : lines(ioStat)) {
      List<String> words = CgroupText.words(line);
      int colon = words.isEmpty() ? -1 : words.get(0).indexOf(':');
      if (colon > 0 && disks.size() < MAX) {
        disks.add(
            new ContainerUsage.Disk(
                Integer.parseInt(words.get(0).substring(0, colon)),
                Integer.parseInt(words.get(0).substring(colon + 1)),
                value(words, "rbytes="),
                value(words, "wbytes="),
                value(words, "rios="),
                value(words, "wios=")));
      }
    }
    return disks;
  }

  private static long value(List<String> words, String key) {
    for (String word : words) {
      if (word.startsWith(key)) {
        return Long.parseLong(word.substring(key.length()));
      }
    }
    return 0;
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(text.substring(start, end));
      start = end + 1;
    }
    return lines;
  }
}
