package caisson.launch.spec;

/**
 * A symbolic link in the jail.
 *
 * @param path where it is
 * @param content what it points to, absolute or relative
 */
public record Link(String path, String content) {
  public Link {
    Check.path("a link", path);
    Check.text("a link's content", content);
    Check.that(!content.isEmpty(), "the link " + path + " points nowhere");
  }

  void write(SpecWriter to) {
    to.string(path);
    to.string(content);
  }

  static Link read(SpecReader from) {
    return new Link(from.string(), from.string());
  }
}
