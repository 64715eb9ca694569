package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.json.Json;
import java.util.ArrayList;
import java.util.List;

/** Has the daemon clear things away, and says what is gone. */
final class Pruning {
  private final Session session;
  private final List<String> filters;

  /**
   * @param filters each {@code name=value}
   */
  Pruning(Session session, List<String> filters) {
    this.session = session;
    this.filters = filters;
  }

  /** Removes the containers that do not run; answers the bytes that are free then. */
  long containers() {
    var answer = session.api().post(Filters.addTo(Target.of("containers", "prune"), filters));
    say("Deleted Containers:", answer.at("ContainersDeleted").texts());
    return answer.at("SpaceReclaimed").number();
  }

  /** Removes images that no container has: those without a name, or {@code all}. */
  long images(boolean all) {
    var wanted = new ArrayList<>(filters);
    wanted.add("dangling=" + !all);
    var answer = session.api().post(Filters.addTo(Target.of("images", "prune"), wanted));
    say(
        "Deleted Images:",
        answer.at("ImagesDeleted").values().stream().map(Pruning::line).toList());
    return answer.at("SpaceReclaimed").number();
  }

  private static String line(Json removal) {
    var untagged = removal.at("Untagged").text();
    return untagged.isEmpty()
        ? "deleted: " + removal.at("Deleted").text()
        : "untagged: " + untagged;
  }

  private void say(String title, List<String> gone) {
    if (!gone.isEmpty()) {
      session.console().print(title);
      gone.forEach(session.console()::print);
      session.console().print("");
    }
  }
}
