package caisson.oci.seccomp;

import caisson.oci.runtime.SeccompArg;
import caisson.oci.runtime.SeccompRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** An action for a system call whose arguments fulfil all conditions. */
record Rule(int action, List<Condition> conditions) {
  /**
   * Reads a rule of the runtime spec. Several conditions on one and the same argument are
   * alternatives, as runc has them: each becomes a rule of its own.
   */
  static List<Rule> of(SeccompRule rule) {
    int action = Action.parse(rule.action(), rule.errnoRet());
    var conditions = rule.args().stream().map(Condition::of).toList();
    var indexes = new HashSet<>(rule.args().stream().map(SeccompArg::index).toList());
    if (indexes.size() == conditions.size()) {
      return List.of(new Rule(action, conditions));
    }
    var alternatives = new ArrayList<Rule>();
    for (var condition : conditions) {
      alternatives.add(new Rule(action, List.of(condition)));
    }
    return alternatives;
  }

  /** A piece that answers the action where all conditions hold and otherwise leaves at its end. */
  Bpf guard() {
    var piece = Bpf.answer(action);
    for (var condition : conditions.reversed()) {
      piece = condition.guard(piece);
    }
    return piece;
  }
}
