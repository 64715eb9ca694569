package caisson.rootfs.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All nodes of a tree, each once, breadth first and in the order of names: the root first, the
 * nodes of one directory side by side. Nothing here recurses on the depth of the tree.
 */
public final class NodeList {
  private final List<Node> nodes = new ArrayList<>();
  private int[] links = new int[64];
  private int[] parents = new int[64];

  private NodeList() {}

  /** Lists and numbers all nodes under {@code root}. */
  public static NodeList of(Directory root) {
    var list = new NodeList();
    list.add(root, 0);
    for (int i = 0; i < list.size(); i++) {
      if (list.nodes.get(i) instanceof Directory directory) {
        list.links[i]++;
        list.addChildren(directory);
      }
    }
    return list;
  }

  private void addChildren(Directory directory) {
    for (var name : directory.names()) {
      var child = directory.child(name).orElseThrow();
      if (contains(child)) {
        links[child.number()]++;
      } else {
        add(child, directory.number());
      }
      if (child instanceof Directory) {
        links[directory.number()]++;
      }
    }
  }

  private boolean contains(Node node) {
    return node.number() < nodes.size() && nodes.get(node.number()) == node;
  }

  private void add(Node node, int parent) {
    int place = nodes.size();
    if (place == links.length) {
      links = Arrays.copyOf(links, place * 2);
      parents = Arrays.copyOf(parents, place * 2);
    }
    node.number(place);
    nodes.add(node);
    links[place] = 1;
    parents[place] = parent;
  }

  public int size() {
    return nodes.size();
  }

  public Node get(int number) {
    return nodes.get(number);
  }

  /** How many names the node has; a directory also has "." and one ".." for each subdirectory. */
  public int links(int number) {
    return links[number];
  }

  /** The directory that holds this directory; the root holds itself. */
  public int parent(int number) {
    return parents[number];
  }
}
