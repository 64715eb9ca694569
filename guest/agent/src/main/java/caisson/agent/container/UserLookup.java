package caisson.agent.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the user that a process runs as, by Docker's rules: a number needs no entry; the first
 * entry that fits counts; a named user is in all groups that list it, unless a group is named too,
 * which then is the only one. First all of /etc/passwd is handed in, then all of /etc/group.
 */
final class UserLookup {
  /** How many groups a process may be in here. */
  static final int MAX_GROUPS = 1024;

  private final String user;
  private final String group;
  private Optional<AccountEntry.User> found = Optional.empty();
  private Optional<Integer> foundGroup = Optional.empty();
  private final List<Integer> memberOf = new ArrayList<>();
  private final List<String> named;
  private final List<Optional<Integer>> foundNamed = new ArrayList<>();

  /**
   * A lookup.
   *
   * @param specification empty for root, or a user, and perhaps a group behind a colon
   * @param named groups that the user is in whoever it is, names or numbers
   */
  UserLookup(String specification, List<String> named) {
    this.named = named;
    for (int i = 0; i < named.size(); i++) {
      foundNamed.add(Optional.empty());
    }
    int colon = specification.indexOf(':');
    String name = colon < 0 ? specification : specification.substring(0, colon);
    this.user = name.isEmpty() ? "0" : name;
    this.group = colon < 0 ? "" : specification.substring(colon + 1);
  }

  void passwdLine(String line) {
    if (found.isEmpty()) {
      found = AccountEntry.User.parse(line).filter(this::isWanted);
    }
  }

  private boolean isWanted(AccountEntry.User entry) {
    return isNumber(user)
        ? AccountEntry.id(user).equals(Optional.of(entry.uid()))
        : entry.name().equals(user);
  }

  void groupLine(String line) {
    Optional<AccountEntry.Group> parsed = AccountEntry.Group.parse(line);
    if (parsed.isEmpty()) {
      return;
    }
    AccountEntry.Group entry = parsed.get();
    if (group.isEmpty()) {
      if (found.isPresent() && entry.hasMember(found.get().name())) {
        addMembership(entry.gid());
      }
    } else if (foundGroup.isEmpty() && isWanted(group, entry)) {
      foundGroup = Optional.of(entry.gid());
    }
    for (int i = 0; i < named.size(); i++) {
      if (foundNamed.get(i).isEmpty() && isWanted(named.get(i), entry)) {
        foundNamed.set(i, Optional.of(entry.gid()));
      }
    }
  }

  private static boolean isWanted(String group, AccountEntry.Group entry) {
    return isNumber(group)
        ? AccountEntry.id(group).equals(Optional.of(entry.gid()))
        : entry.name().equals(group);
  }

  private void addMembership(int gid) {
    if (!memberOf.contains(gid)) {
      memberOf.add(gid);
    }
    if (memberOf.size() > MAX_GROUPS) {
      throw tooManyGroups();
    }
  }

  /** The user, also in the groups {@code further}. */
  ContainerUser result(List<Integer> further) {
    int uid = found.map(AccountEntry.User::uid).orElseGet(this::numericUser);
    int gid =
        group.isEmpty() ? found.map(AccountEntry.User::gid).orElse(0) : number(group, foundGroup);
    List<Integer> groups = new ArrayList<>();
    groups.add(gid);
    for (List<Integer> more : List.of(memberOf, namedNumbers(), further)) {
      for (int each : more) {
        if (!groups.contains(each)) {
          groups.add(each);
        }
      }
    }
    if (groups.size() > MAX_GROUPS) {
      throw tooManyGroups();
    }
    String home = found.map(AccountEntry.User::home).filter(path -> !path.isEmpty()).orElse("/");
    return new ContainerUser(uid, gid, groups, home);
  }

  private int numericUser() {
    if (!isNumber(user)) {
      throw ContainerFailure.invalid(
          "unable to find user " + user + ": no matching entries in passwd file");
    }
    return AccountEntry.id(user).orElseThrow(UserLookup::outOfRange);
  }

  private List<Integer> namedNumbers() {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < named.size(); i++) {
      numbers.add(number(named.get(i), foundNamed.get(i)));
    }
    return numbers;
  }

  private static int number(String group, Optional<Integer> found) {
    if (found.isEmpty() && !isNumber(group)) {
      throw ContainerFailure.invalid(
          "unable to find group " + group + ": no matching entries in group file");
    }
    return found.or(() -> AccountEntry.id(group)).orElseThrow(UserLookup::outOfRange);
  }

  /** What is written as a number is never taken for a name. */
  private static boolean isNumber(String text) {
    int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    boolean digits = start < text.length();
    for (int i = start; i < text.length(); i++) {
      digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return digits;
  }

  private static ContainerFailure outOfRange() {
    return ContainerFailure.invalid("uids and gids must be in range 0-" + AccountEntry.MAX_ID);
  }

  private static ContainerFailure tooManyGroups() {
    return ContainerFailure.invalid("a process is in at most " + MAX_GROUPS + " groups");
  }
}
