package caisson.cli.flag;

/** What came of a command's words. */
public sealed interface Parsed {
  /** They can be carried out. */
  record Call(Invocation invocation) implements Parsed {}

  /** They ask what the command can do. */
  record Help() implements Parsed {}

  /** They make no sense. */
  record Wrong(Fault fault, String reason) implements Parsed {}

  /** What is wrong with them. */
  enum Fault {
    /** A flag is unknown, incomplete or has an impossible value. */
    FLAG,
    /** There are too few or too many arguments. */
    ARITY
  }
}
