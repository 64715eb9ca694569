package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.cli.flag.Values;
import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code --mount type=…,source=…,target=…}: fields of {@code key=value} as in a line of CSV. */
final class MountFlag {
  private final Map<String, Json> fields = new LinkedHashMap<>();
  private final Map<String, Json> bind = new LinkedHashMap<>();
  private final Map<String, Json> volume = new LinkedHashMap<>();
  private final Map<String, Json> tmpfs = new LinkedHashMap<>();
  private final Map<String, Json> labels = new LinkedHashMap<>();
  private final Map<String, Json> driver = new LinkedHashMap<>();
  private final Map<String, Json> driverOptions = new LinkedHashMap<>();
  private String type = "volume";
  private String source = "";

  private MountFlag() {}

  /** Looks whether {@code text} can be understood, and answers it. */
  static String checked(String text) {
    parse(text);
    return text;
  }

  /** The mount as the API takes it. */
  static Json parse(String text) {
    var flag = new MountFlag();
    for (var field : split(text)) {
      int equals = field.indexOf('=');
      var key = equals < 0 ? field : field.substring(0, equals);
      flag.take(key.strip().toLowerCase(Locale.ROOT), field, equals);
    }
    return flag.build();
  }

  /** A field in quotation marks may hold commas; two quotation marks in it are one. */
  private static List<String> split(String text) {
    var fields = new ArrayList<String>();
    var field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        boolean twice = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
        quoted = twice || !quoted;
        if (twice) {
          field.append('"');
          i++;
        }
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  private void take(String key, String field, int equals) {
    if (equals < 0) {
      takeFlag(key, field, "true");
      return;
    }
    var value = field.substring(equals + 1);
    switch (key) {
      case "type" -> type = value.toLowerCase(Locale.ROOT);
      case "source", "src" -> source = value;
      case "target", "dst", "destination" -> fields.put("Target", Json.of(value));
      case "consistency" -> fields.put("Consistency", Json.of(value));
      case "bind-propagation" -> bind.put("Propagation", Json.of(value));
      case "bind-recursive" -> takeRecursion(value);
      case "volume-subpath" -> volume.put("Subpath", Json.of(value));
      case "volume-driver" -> driver.put("Name", Json.of(value));
      case "volume-label" -> put(labels, value);
      case "volume-opt" -> put(driverOptions, value);
      case "tmpfs-size" -> tmpfs.put("SizeBytes", Json.of(Values.size(value)));
      case "tmpfs-mode" -> tmpfs.put("Mode", Json.of(mode(value)));
      default -> takeFlag(key, field, value);
    }
  }

  private void takeFlag(String key, String field, String value) {
    switch (key) {
      case "readonly", "ro" -> fields.put("ReadOnly", Json.of(bool(key, value)));
      case "volume-nocopy" -> volume.put("NoCopy", Json.of(bool(key, value)));
      case "bind-nonrecursive" -> bind.put("NonRecursive", Json.of(bool(key, value)));
      case "bind-create-src" -> bind.put("CreateMountpoint", Json.of(bool(key, value)));
      default ->
          throw Values.invalid(
              field.contains("=")
                  ? "unexpected key '" + key + "' in '" + field + "'"
                  : "invalid field '" + field + "' must be a key=value pair");
    }
  }

  private static boolean bool(String key, String value) {
    try {
      return Values.bool(value);
    } catch (CaissonException e) {
      throw Values.invalid("invalid value for " + key + ": " + value);
    }
  }

  private void takeRecursion(String value) {
    switch (value) {
      case "enabled" -> {}
      case "disabled" -> bind.put("NonRecursive", Json.of(true));
      case "writable" -> bind.put("ReadOnlyNonRecursive", Json.of(true));
      case "readonly" -> bind.put("ReadOnlyForceRecursive", Json.of(true));
      default ->
          throw Values.invalid(
              "invalid value for bind-recursive: "
                  + value
                  + " (must be \"enabled\", \"disabled\", \"writable\", or \"readonly\")");
    }
  }

  private static int mode(String value) {
    try {
      return Integer.parseInt(value, 8);
    } catch (NumberFormatException e) {
      throw Values.invalid("invalid value for tmpfs-mode: " + value);
    }
  }

  private static void put(Map<String, Json> map, String pair) {
    int equals = pair.indexOf('=');
    map.put(
        equals < 0 ? pair : pair.substring(0, equals),
        Json.of(equals < 0 ? "" : pair.substring(equals + 1)));
  }

  private Json build() {
    if (!fields.containsKey("Target")) {
      throw Values.invalid("target is required");
    }
    if (!type.equals("volume") && !(volume.isEmpty() && labels.isEmpty() && driver.isEmpty())) {
      throw Values.invalid("cannot mix 'volume-*' options with mount type '" + type + "'");
    }
    if (!type.equals("bind") && !bind.isEmpty()) {
      throw Values.invalid("cannot mix 'bind-*' options with mount type '" + type + "'");
    }
    if (!type.equals("tmpfs") && !tmpfs.isEmpty()) {
      throw Values.invalid("cannot mix 'tmpfs-*' options with mount type '" + type + "'");
    }
    var mount = new JsonObject().with("Type", type).with("Source", absolute(source));
    fields.forEach(mount::with);
    gatherVolume();
    addUnlessEmpty(mount, "BindOptions", bind);
    addUnlessEmpty(mount, "VolumeOptions", volume);
    addUnlessEmpty(mount, "TmpfsOptions", tmpfs);
    return mount.build();
  }

  private String absolute(String path) {
    boolean relative = type.equals("bind") && path.startsWith(".");
    return relative ? Path.of(path).toAbsolutePath().normalize().toString() : path;
  }

  private void gatherVolume() {
    if (!labels.isEmpty()) {
      volume.put("Labels", new Json.Fields(labels));
    }
    if (!driverOptions.isEmpty()) {
      driver.put("Options", new Json.Fields(driverOptions));
    }
    if (!driver.isEmpty()) {
      volume.put("DriverConfig", new Json.Fields(driver));
    }
  }

  private static void addUnlessEmpty(JsonObject mount, String name, Map<String, Json> members) {
    if (!members.isEmpty()) {
      mount.with(name, new Json.Fields(members));
    }
  }
}
