package caisson.agent.container;

import caisson.agent.container.RootWalk.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Files in memory: a node's number is its descriptor, and is counted while it is open. */
final class MemoryTree implements RootWalk.Nodes {
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Integer, Integer> open = new HashMap<>();

  private record Entry(Kind kind, String target, Map<String, Integer> children) {}

  MemoryTree() {
    entries.add(new Entry(Kind.DIRECTORY, "", new HashMap<>()));
  }

  /** Adds a directory, with those above it, and answers this. */
  MemoryTree directory(String path) {
    place(path, new Entry(Kind.DIRECTORY, "", new HashMap<>()));
    return this;
  }

  MemoryTree file(String path) {
    place(path, new Entry(Kind.OTHER, "", new HashMap<>()));
    return this;
  }

  MemoryTree link(String path, String target) {
    place(path, new Entry(Kind.LINK, target, new HashMap<>()));
    return this;
  }

  private void place(String path, Entry entry) {
    int directory = 0;
    int start = 0;
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', start)) {
      makeDirectory(directory, path.substring(start, slash));
      directory = child(directory, path.substring(start, slash), entry);
      start = slash + 1;
    }
    child(directory, path.substring(start), entry);
  }

  private int child(int directory, String name, Entry entry) {
    return entries
        .get(directory)
        .children()
        .computeIfAbsent(
            name,
            _ -> {
              entries.add(entry);
              return entries.size() - 1;
            });
  }

  /** The paths of everything there is, links not followed. */
  Set<String> paths() {
    return nodes().keySet();
  }

  /** The path of {@code node}, empty for the root. */
  String path(int node) {
    return nodes().entrySet().stream()
        .filter(entry -> entry.getValue() == node)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  private Map<String, Integer> nodes() {
    var nodes = new HashMap<String, Integer>();
    collect(0, "", nodes);
    return nodes;
  }

  private void collect(int node, String prefix, Map<String, Integer> nodes) {
    entries
        .get(node)
        .children()
        .forEach((name, child) -> {
          nodes.put(prefix + name, child);
          collect(child, prefix + name + "/", nodes);
        });
  }

  /** How many nodes are open. */
  int openNodes() {
    return open.values().stream().mapToInt(Integer::intValue).sum();
  }

  private int opened(int node) {
    open.merge(node, 1, Integer::sum);
    return node;
  }

  @Override
  public int root() {
    return opened(0);
  }

  @Override
  public Optional<Integer> open(int directory, String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/")) {
      throw new IllegalArgumentException("the walk has to resolve " + name + " itself");
    }
    return Optional.ofNullable(entries.get(directory).children().get(name)).map(this::opened);
  }

  @Override
  public Kind kind(int node) {
    return entries.get(node).kind();
  }

  @Override
  public String target(int link) {
    return entries.get(link).target();
  }

  @Override
  public void makeDirectory(int directory, String name) {
    child(directory, name, new Entry(Kind.DIRECTORY, "", new HashMap<>()));
  }

  @Override
  public void makeFile(int directory, String name) {
    child(directory, name, new Entry(Kind.OTHER, "", new HashMap<>()));
  }

  @Override
  public void close(int node) {
    if (open.merge(node, -1, Integer::sum) < 0) {
      throw new IllegalStateException("closed twice: " + node);
    }
  }
}
