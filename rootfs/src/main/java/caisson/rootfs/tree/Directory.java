package caisson.rootfs.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A directory: names and nodes. "." and ".." are not among them. */
public final class Directory extends Node {
  private final Map<ByteString, Node> children = new HashMap<>(4);
  private boolean implied;
  private boolean opaque;

  public Directory(Attributes attributes) {
    super(attributes);
  }

  /** A directory that exists only because a path goes through it. */
  public static Directory implied() {
    var directory = new Directory(Attributes.IMPLIED);
    directory.implied = true;
    return directory;
  }

  /** Whether no entry has described this directory, so that its attributes are made up. */
  public boolean isImplied() {
    return implied;
  }

  /** Gives it attributes that an entry states. */
  public void describe(Attributes stated) {
    attributes(stated);
    implied = false;
  }

  /** Whether it hides what lower layers have under its path. */
  public boolean isOpaque() {
    return opaque;
  }

  public void makeOpaque() {
    opaque = true;
  }

  public Optional<Node> child(ByteString name) {
    return Optional.ofNullable(children.get(name));
  }

  /** Gives {@code name} to {@code node}, taking it from the node that had it. */
  public void put(ByteString name, Node node) {
    children.put(name, node);
  }

  public void remove(ByteString name) {
    children.remove(name);
  }

  public int size() {
    return children.size();
  }

  /** All names in byte order. */
  public List<ByteString> names() {
    var names = new ArrayList<>(children.keySet());
    names.sort(null);
    return names;
  }
}
