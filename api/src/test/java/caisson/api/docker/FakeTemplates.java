package caisson.api.docker;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Template;
import caisson.engine.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Templates that are nothing but their descriptions. */
public final class FakeTemplates implements Templates {
  public final List<Template> all = new ArrayList<>();

  /** What was asked for. */
  public final List<Optional<ByteSize>> made = new ArrayList<>();

  @Override
  public List<Template> list() {
    return all;
  }

  @Override
  public String make(Optional<ByteSize> limit) {
    made.add(limit);
    return "a-template";
  }

  @Override
  public void remove(String name) {
    if (!all.removeIf(template -> template.name().equals(name))) {
      throw new CaissonException(ErrorCode.NOT_FOUND, "there is no template " + name);
    }
  }
}
