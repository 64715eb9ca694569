package caisson.cli.output;

import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rows in the form that a user asked for: a template for each, or behind the word {@code table}
 * columns with headings.
 *
 * @param headings of the fields whose heading is not their name in capitals
 */
public record Listing(Map<String, String> headings) {
  private static final String TABLE = "table ";

  /** The lines of all rows; each is an object of fields that {@code format} can name. */
  public List<String> lines(String format, List<Json> rows) {
    if (!format.startsWith(TABLE)) {
      var template = new Template(format);
      return rows.stream().map(template::fill).toList();
    }
    var template = new Template(format.substring(TABLE.length()));
    var table = new Table(cells(template.fill(headings(template))));
    rows.forEach(row -> table.add(cells(template.fill(row))));
    return table.lines();
  }

  private Json headings(Template template) {
    var row = new JsonObject();
    for (var field : template.fields()) {
      row.with(field, headings.getOrDefault(field, field.toUpperCase(Locale.ROOT)));
    }
    return row.build();
  }

  private static String[] cells(String line) {
    return line.split("\t", -1);
  }
}
