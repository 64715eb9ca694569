package caisson.guest.protocol;

import java.util.ArrayList;
import java.util.List;

/** Commands as bytes: a number for the kind, then its fields in their order. */
final class CommandCodec {
  private static final String SEPARATOR = ",";

  private CommandCodec() {}

  static void write(Command command, Encoder out) {
    switch (command) {
      case Command.Ping() -> out.u8(1);
      case Command.Configure(var name, var clock, var entropy, var interfaces, var gateways) -> {
        out.u8(2).string(name).i64(clock).bytes(entropy);
        out.list(interfaces, CommandCodec::writeInterface).string(joined(gateways));
      }
      case Command.CreateContainer(var container) -> container.write(out.u8(3));
      case Command.StartContainer(var container) -> out.u8(4).string(container);
      case Command.Exec(var container, var process, var setup) ->
          setup.write(out.u8(5).string(container).i32(process));
      case Command.Signal(var process, var number, var all) ->
          out.u8(6).i32(process).u8(number).flag(all);
      case Command.Resize(var process, var rows, var columns) ->
          out.u8(7).i32(process).u16(rows).u16(columns);
      case Command.UpdateLimits(var container, var limits) ->
          limits.write(out.u8(8).string(container));
      case Command.DeleteContainer(var container) -> out.u8(9).string(container);
      case Command.Usage(var container) -> out.u8(10).string(container);
      case Command.Shutdown() -> out.u8(11);
      case Command.Freeze(var container, var frozen) -> out.u8(12).string(container).flag(frozen);
      case Command.Tasks(var container) -> out.u8(13).string(container);
      case Command.Archive(var container, var process, var setup) ->
          setup.write(out.u8(14).string(container).i32(process));
      case Command.JoinContainer(var container, var shared) -> {
        container.write(out.u8(15));
        out.list(shared, (each, to) -> to.string(each.container()).i32(each.namespaces()));
      }
      case Command.MountDisk(var serial) -> out.u8(16).string(serial);
    }
  }

  private static void writeInterface(Command.Interface each, Encoder out) {
    out.string(each.name()).string(each.mac()).string(joined(each.addresses())).i32(each.mtu());
  }

  /** Addresses as one string, which was one address in the first version. */
  private static String joined(List<String> addresses) {
    return String.join(SEPARATOR, addresses);
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int end = text.isEmpty() ? 0 : -1;
    while (end < text.length()) {
      int start = end + 1;
      int comma = text.indexOf(SEPARATOR, start);
      end = comma < 0 ? text.length() : comma;
      if (start == end) {
        throw new ProtocolException("an address is empty");
      }
      parts.add(text.substring(start, end));
    }
    return parts;
  }

  static Command read(Decoder in) {
    int kind = in.u8();
    return switch (kind) {
      case 1 -> new Command.Ping();
      case 2 ->
          new Command.Configure(
              in.string(),
              in.size(),
              in.bytes(),
              in.list(from ->
                  new Command.Interface(
                      from.string(), from.string(), split(from.string()), from.i32())),
              split(in.string()));
      case 3 -> new Command.CreateContainer(ContainerSetup.read(in));
      case 4 -> new Command.StartContainer(in.string());
      case 5 -> new Command.Exec(in.string(), in.i32(), ProcessSetup.read(in));
      case 6 -> new Command.Signal(in.i32(), in.u8(), in.flag());
      case 7 -> new Command.Resize(in.i32(), in.u16(), in.u16());
      case 8 -> new Command.UpdateLimits(in.string(), LimitsSetup.read(in));
      case 9 -> new Command.DeleteContainer(in.string());
      case 10 -> new Command.Usage(in.string());
      case 11 -> new Command.Shutdown();
      case 12 -> new Command.Freeze(in.string(), in.flag());
      case 13 -> new Command.Tasks(in.string());
      case 14 -> new Command.Archive(in.string(), in.i32(), ArchiveSetup.read(in));
      case 15 ->
          new Command.JoinContainer(
              ContainerSetup.read(in),
              in.list(from -> new Command.SharedNamespaces(from.string(), from.i32())));
      case 16 -> new Command.MountDisk(in.string());
      default -> throw new ProtocolException("there is no command " + kind);
    };
  }
}
