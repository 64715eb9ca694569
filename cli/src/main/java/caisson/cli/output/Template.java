package caisson.cli.output;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.json.Json;
import caisson.cli.json.JsonText;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of Go's templates that everybody uses: text with {@code {{.Field.Of.Field}}} and {@code
 * {{json .Field}}} in it, and {@code json} alone for the whole.
 */
public final class Template {
  private static final Pattern ACTION = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
  private static final Pattern FIELD = Pattern.compile("(json\\s+)?((?:\\.\\w+)+|\\.)");

  private final String text;

  public Template(String text) {
    this.text = text.equals("json") ? "{{json .}}" : text.replace("\\t", "\t").replace("\\n", "\n");
  }

  /** Fills the template with {@code value}. */
  public String fill(Json value) {
    return ACTION
        .matcher(text)
        .replaceAll(action -> Matcher.quoteReplacement(evaluate(action.group(1).strip(), value)));
  }

  /** The fields that it names, those of fields left out. */
  Set<String> fields() {
    var names = new LinkedHashSet<String>();
    var actions = ACTION.matcher(text);
    while (actions.find()) {
      var field = FIELD.matcher(actions.group(1).strip());
      if (field.matches() && field.group(2).length() > 1) {
        names.add(field.group(2).substring(1).split("\\.", -1)[0]);
      }
    }
    return names;
  }

  private String evaluate(String action, Json value) {
    var field = FIELD.matcher(action);
    if (!field.matches()) {
      throw invalid("only {{.Field}} and {{json .Field}} are understood, not {{" + action + "}}");
    }
    var found = value;
    for (var name : field.group(2).substring(1).split("\\.", -1)) {
      found = name.isEmpty() ? found : member(found, name);
    }
    return field.group(1) == null ? found.text() : JsonText.write(found);
  }

  private Json member(Json value, String name) {
    var member = value.members().get(name);
    if (member == null) {
      throw invalid("there is no field \"" + name + "\"");
    }
    return member;
  }

  private static CaissonException invalid(String why) {
    return new CaissonException(ErrorCode.INVALID_ARGUMENT, "template parsing error: " + why);
  }
}
