package caisson.api.wire;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import java.util.List;
import java.util.Optional;

/**
 * What a container's process executes.
 *
 * @param entrypoint empty to take the image's; a list of one empty text for none at all
 * @param cmd empty to take the image's
 * @param env {@code NAME=value}; a name alone takes the variable away
 * @param user a name or a number, and a group behind a colon; "" for the image's
 * @param workingDir "" for the image's
 */
public record CommandConfig(
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) Optional<List<String>> entrypoint,
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) Optional<List<String>> cmd,
    List<String> env,
    String user,
    String workingDir) {
  public CommandConfig {
    entrypoint = entrypoint.map(Absent::list);
    cmd = cmd.map(Absent::list);
    env = Absent.list(env);
    user = Absent.text(user);
    workingDir = Absent.text(workingDir);
  }
}
